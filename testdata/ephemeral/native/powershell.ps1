# Brings dotdiag-collect into pod web-5969f6597f-9fl2l, namespace shop, through kubectl proxy. Needs kubectl and PowerShell 5.1.
$ErrorActionPreference = 'Stop'
$patch = '{"spec":{"ephemeralContainers":[{"name":"dotdiag-collect","image":"dotdiag-collect:0.1.0","args":["wait","--for","1h"],"env":[{"name":"TMPDIR","value":"/tmp"}],"securityContext":{"runAsUser":1654,"runAsGroup":1654,"runAsNonRoot":true,"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}},"volumeMounts":[{"name":"cache-volume","mountPath":"/tmp"}]}]}}'
$said = New-TemporaryFile
$proxy = Start-Process -FilePath kubectl -ArgumentList 'proxy', '--port=0' -NoNewWindow -PassThru -RedirectStandardOutput $said
try {
  while (-not ((Get-Content $said -Raw) -match '127\.0\.0\.1:(\d+)')) {
    if ($proxy.HasExited) { throw 'kubectl proxy has ended' }
    Start-Sleep -Milliseconds 100
  }
  $uri = 'http://127.0.0.1:' + $Matches[1] + '/api/v1/namespaces/shop/pods/web-5969f6597f-9fl2l/ephemeralcontainers'
  $null = Invoke-RestMethod -Method Patch -Uri $uri -Body $patch -ContentType 'application/strategic-merge-patch+json'
  'Added dotdiag-collect into pod web-5969f6597f-9fl2l, namespace shop.'
} finally {
  Stop-Process -InputObject $proxy -ErrorAction SilentlyContinue
  Remove-Item $said
}
