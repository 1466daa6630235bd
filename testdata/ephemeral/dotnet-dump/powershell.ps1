# Brings dump-debugger into pod web-5969f6597f-9fl2l, namespace shop, through kubectl proxy. Needs kubectl and PowerShell 5.1.
$ErrorActionPreference = 'Stop'
$patch = '{"spec":{"ephemeralContainers":[{"name":"dump-debugger","image":"mcr.microsoft.com/dotnet/sdk:10.0","args":["sh"],"stdin":true,"tty":true,"env":[{"name":"DOTNET_EnableDiagnostics","value":"0"},{"name":"TMPDIR","value":"/tmp"},{"name":"DOTNET_CLI_HOME","value":"/tmp/.dotdiag"}],"securityContext":{"runAsUser":1654,"runAsGroup":1654,"runAsNonRoot":true,"capabilities":{"add":["SYS_PTRACE"]}},"volumeMounts":[{"name":"cache-volume","mountPath":"/tmp"}]}]}}'
$said = New-TemporaryFile
$proxy = Start-Process -FilePath kubectl -ArgumentList 'proxy', '--port=0' -NoNewWindow -PassThru -RedirectStandardOutput $said
try {
  while (-not ((Get-Content $said -Raw) -match '127\.0\.0\.1:(\d+)')) {
    if ($proxy.HasExited) { throw 'kubectl proxy has ended' }
    Start-Sleep -Milliseconds 100
  }
  $uri = 'http://127.0.0.1:' + $Matches[1] + '/api/v1/namespaces/shop/pods/web-5969f6597f-9fl2l/ephemeralcontainers'
  $null = Invoke-RestMethod -Method Patch -Uri $uri -Body $patch -ContentType 'application/strategic-merge-patch+json'
  'Added dump-debugger into pod web-5969f6597f-9fl2l, namespace shop.'
} finally {
  Stop-Process -InputObject $proxy -ErrorAction SilentlyContinue
  Remove-Item $said
}
