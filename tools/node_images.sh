# The images of the tests on a node, without a registry: layers, and archives of them that containerd imports. Sourced by ./dev.
#
# Everything is below build/node; what is fetched for it is kept outside the tree by tools/debian.sh and tools/runtimes.sh.
# shellcheck shell=bash

# An image is a row: name | layers | what tests/node/images/archive.py is told
node_image_rows=(
  'pause | pause | --entrypoint /pause'
  'net31 | debian net31 shop | --entrypoint dotnet --entrypoint /app/shop.dll'
  'net9 | debian net9 shop | --entrypoint dotnet --entrypoint /app/shop.dll'
  'net10 | debian ssl net10 | --entrypoint /app/azmcp --cmd server --cmd start --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1'
  'sdk | debian net31 sdk | --cmd sh'
  'monitor | debian net31 monitor | --entrypoint dotnet --entrypoint /usr/lib/dotnet-monitor/dotnet-monitor.dll --user 1654'
)

# Why an image cannot be had although nothing is broken.
# shellcheck disable=SC2034  # tools/node.sh reads it
node_images_skip_reason=''

# new_root LAYER: an empty directory for its files; prints the path.
new_root() {
  rm -rf "build/node/$1"
  mkdir -p "build/node/$1"
  echo "build/node/$1"
}

# pack_layer LAYER [OPTIONS OF TAR...]: of the files in build/node/LAYER.
pack_layer() {
  local layer=$1
  shift
  tar --create --file "build/node/$layer.layer.new" --owner=0 --group=0 --numeric-owner "$@" -C "build/node/$layer/" .
  mv "build/node/$layer.layer.new" "build/node/$layer.layer"
}

# Without what only fills the disk, and without devices, which the container runtime makes.
layer_debian() {
  # shellcheck disable=SC2154  # tools/debian.sh sets them
  find_debian || {
    node_images_skip_reason=$debian_skip_reason
    return 1
  }
  # shellcheck disable=SC2154  # likewise
  ln -sfn "$debian_base" build/node/debian
  pack_layer debian --exclude='./dev/*' --exclude='./var/cache/*' --exclude='./var/lib/apt/*' --exclude='./usr/share/doc/*' \
    --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*'
}

layer_pause() {
  local root
  root=$(new_root pause)
  gcc -Os -static -o "$root/pause" tests/node/images/pause.c && pack_layer pause
}

# runtime_layer NUMBER: fetches that runtime, or says why not.
runtime_layer() {
  # shellcheck disable=SC2154  # tools/runtimes.sh sets it
  find_runtime "$1" || {
    node_images_skip_reason=$runtimes_skip_reason
    return 1
  }
}

# dotnet_root LAYER: a root with the program that starts .NET, which all versions share; prints its directory.
dotnet_root() {
  local root
  root=$(new_root "$1")
  mkdir -p "$root/usr/bin" "$root/usr/share/dotnet"
  # shellcheck disable=SC2154  # tools/runtimes.sh sets it
  install -m 755 "$runtimes/net31/dotnetcore2/bin/dotnet" "$root/usr/share/dotnet/"
  ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
  echo "$root/usr/share/dotnet"
}

layer_net31() {
  local dotnet
  runtime_layer 31 || return 1
  dotnet=$(dotnet_root net31)
  cp -r "$runtimes"/net31/dotnetcore2/bin/{host,shared} "$dotnet/" && pack_layer net31
}

layer_net9() {
  local dotnet
  runtime_layer 31 && runtime_layer 9 || return 1
  dotnet=$(dotnet_root net9)
  python3 -B tools/runtimes/shared_framework.py "$runtimes/net9/package" "$dotnet" azmcp && pack_layer net9
}

layer_net10() {
  local root
  runtime_layer 10 || return 1
  root=$(new_root net10)
  mkdir "$root/app"
  install -m 755 "$runtimes/net10/package/dist/azmcp" "$root/app/" && pack_layer net10
}

# The program of .NET 10 dies without it. apt checks what it fetches.
layer_ssl() {
  local root
  root=$(new_root ssl)
  (cd "$root" && apt-get -qq -o APT::Sandbox::User=root download libssl3 && dpkg-deb --extract libssl3_*.deb . && rm libssl3_*.deb) || {
    node_images_skip_reason="apt brings no libssl3"
    return 1
  }
  pack_layer ssl
}

layer_shop() {
  local root
  root=$(new_root shop)
  # shellcheck disable=SC2154  # tools/runtimes.sh sets it
  compile_shop "$root/app" || {
    node_images_skip_reason=$runtimes_skip_reason
    return 1
  }
  pack_layer shop
}

# compile_stand_in NAME ROOT: into /usr/lib/NAME. It speaks over a socket that mono's own libraries do not know: it is compiled against
# .NET's.
compile_stand_in() {
  local directory=$2/usr/lib/$1 framework references
  runtime_layer 31 || return 1
  framework=$(echo "$runtimes"/net31/dotnetcore2/bin/shared/Microsoft.NETCore.App/*)
  references=$(find "$framework" \( -name 'System.*.dll' -o -name 'Microsoft.Win32.*.dll' \) -printf '%p,')
  mkdir -p "$directory"
  cp tests/shop/shop.runtimeconfig.json "$directory/$1.runtimeconfig.json"
  mcs -noconfig -nostdlib -nowarn:1702 -reference:"${references%,}" -out:"$directory/$1.dll" "tests/node/images/$1.cs"
}

layer_sdk() {
  local root
  root=$(new_root sdk)
  mkdir -p "$root/usr/local/bin"
  install -m 755 tests/node/images/dotnet.sh "$root/usr/local/bin/dotnet"
  compile_stand_in dotnet-dump "$root" && pack_layer sdk
}

layer_monitor() {
  local root
  root=$(new_root monitor)
  compile_stand_in dotnet-monitor "$root" && pack_layer monitor
}

# is_made FILE: it is there, and nothing that it may be made of is newer.
is_made() {
  [[ -f $1 && -z $(find tests/node/images tests/shop tools/node_images.sh tools/runtime_tests.sh tools/runtimes -newer "$1" -print -quit) ]]
}

# make_node_image NAME: build/node/NAME.tar. False with node_images_skip_reason set where it cannot be had; plainly false where
# something is broken.
make_node_image() {
  local row layers=() options=() layer files=()
  # shellcheck disable=SC2034  # tools/node.sh reads it
  node_images_skip_reason=''
  mkdir -p build/node
  is_made "build/node/$1.tar" && return
  mapfile -t row < <(printf '%s\n' "${node_image_rows[@]}" | awk -F ' *[|] *' -v name="$1" '$1 == name { print $2 "\n" $3 }')
  read -ra layers <<<"${row[0]}"
  read -ra options <<<"${row[1]}"
  for layer in "${layers[@]}"; do
    is_made "build/node/$layer.layer" || "layer_$layer" || return 1
    files+=("build/node/$layer.layer")
  done
  /usr/bin/python3 -B tests/node/images/archive.py "node.test/$1:1" "build/node/$1.tar" "${files[@]}" "${options[@]}"
}
