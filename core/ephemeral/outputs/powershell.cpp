// powershell: a script for PowerShell.
#include "core/document/printable.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"
#include "core/ephemeral/shell.hpp"

namespace dotdiag {

// The port is the proxy's own choice, read from what it says: a fixed one may be taken by a proxy to another cluster.
// The body is ASCII, so that Windows PowerShell 5.1 sends it as it is.
std::string write_powershell(const DebuggerPlan& plan) {
  const std::string subject = plan.name() + " into pod " + plan.pod + ", namespace " + plan.name_space;
  return "# Brings " + one_line(subject) +
         ", through kubectl proxy. Needs kubectl and PowerShell 5.1.\n"
         "$ErrorActionPreference = 'Stop'\n"
         "$patch = " +
         powershell_word(compact(merge_patch(plan))) +
         "\n"
         "$said = New-TemporaryFile\n"
         "$proxy = Start-Process -FilePath kubectl -ArgumentList 'proxy', '--port=0' -NoNewWindow -PassThru "
         "-RedirectStandardOutput $said\n"
         "try {\n"
         "  while (-not ((Get-Content $said -Raw) -match '127\\.0\\.0\\.1:(\\d+)')) {\n"
         "    if ($proxy.HasExited) { throw 'kubectl proxy has ended' }\n"
         "    Start-Sleep -Milliseconds 100\n"
         "  }\n"
         "  $uri = 'http://127.0.0.1:' + $Matches[1] + " +
         powershell_word(subresource_path(plan)) +
         "\n"
         "  $null = Invoke-RestMethod -Method Patch -Uri $uri -Body $patch "
         "-ContentType 'application/strategic-merge-patch+json'\n"
         "  " +
         powershell_word("Added " + subject + ".") +
         "\n"
         "} finally {\n"
         "  Stop-Process -InputObject $proxy -ErrorAction SilentlyContinue\n"
         "  Remove-Item $said\n"
         "}\n";
}

}  // namespace dotdiag
