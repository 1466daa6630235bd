#!/bin/sh
# Stands in for the SDK's dotnet: `dotnet tool install NAME --tool-path DIRECTORY`, whose packages are on the internet, installs the
# tool that is in the image already. Everything else goes to the runtime.
if [ "$1 $2" != "tool install" ]; then exec /usr/share/dotnet/dotnet "$@"; fi
name=$3
[ "$4" = --tool-path ] && directory=$5
[ -f "/usr/lib/$name/$name.dll" ] || { echo "there is no stand-in for $name" >&2; exit 1; }
# The real one writes below its home first, and fails where it cannot.
home=${DOTNET_CLI_HOME:-$HOME}
if ! { mkdir -p "$home/.dotnet" && : >"$home/.dotnet/first"; }; then
  echo "no home to write to: $home" >&2
  exit 1
fi
mkdir -p "$directory" &&
  printf '#!/bin/sh\nexec /usr/share/dotnet/dotnet /usr/lib/%s/%s.dll "$@"\n' "$name" "$name" >"$directory/$name" &&
  chmod +x "$directory/$name" &&
  echo "Tool '$name' was successfully installed."
