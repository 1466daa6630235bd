# Makes the packages, and sees what an administrator sees of them. Sourced by ./dev.
# shellcheck shell=bash

# Where the archive for Krew can be fetched once it is released.
package_downloads=${DOTDIAG_DOWNLOADS:-https://dotdiag.io/releases}

# make_packages: the .deb files, the archive and the manifest for Krew, in build/package/packages.
make_packages() (
  local directory=build/package/packages epoch
  epoch=$(source_epoch) || return 1
  umask 022
  build_shipped all kubectl-dotdiag-portable || return 1
  rm -f "$directory"/*.deb "$directory"/*.tar.gz "$directory"/dotdiag.yaml
  (cd build/package && SOURCE_DATE_EPOCH=$epoch cpack >packages/cpack.log 2>&1) || {
    cat "$directory/cpack.log" >&2
    return 1
  }
  make_krew "$directory"
)

# The libraries of program $1, "path package" a line, without those of glibc: these must be the machine's own.
bundled_libraries() {
  local library
  ldd "$1" | awk '$3 ~ /^\// { print $3 }' | xargs readlink -f | sort -u | while read -r library; do
    # Of a merged /usr dpkg knows some files by their old names.
    printf '%s %s\n' "$library" "$(dpkg-query -S "$library" "${library#/usr}" 2>/dev/null | sed -n '1s/:.*//p')"
  done | grep -v ' libc6$'
}

# The newest version of glibc that the files ask for.
needed_glibc() {
  objdump -T "$@" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -Vu | tail -n 1
}

# fill_krew_archive DIRECTORY: the plugin, the libraries it needs, and their licences.
fill_krew_archive() {
  local content=$1 program=build/package/patch/plugin/kubectl-dotdiag-portable library package soname
  mkdir -p "$content/lib" "$content/licenses"
  strip -o "$content/kubectl-dotdiag" "$program"
  cp LICENSE "$content"
  bundled_libraries "$program" | while read -r library package; do
    soname=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
    cp "$library" "$content/lib/$soname"
    cp "/usr/share/doc/$package/copyright" "$content/licenses/$package"
  done
  # Linked in.
  for package in libssl-dev libzstd-dev; do cp "/usr/share/doc/$package/copyright" "$content/licenses/$package"; done
}

# make_krew DIRECTORY
make_krew() (
  local directory=$1 content version archive
  content=$(mktemp -d)
  trap 'rm -rf "$content"' EXIT
  version=$(project_version)
  archive=kubectl-dotdiag_${version}_linux_amd64.tar.gz
  fill_krew_archive "$content"
  chmod -R u=rwX,go=rX "$content"
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(source_epoch)" --directory "$content" \
    kubectl-dotdiag LICENSE lib licenses | gzip --best --no-name >"$directory/$archive"
  sed -e "s|@VERSION@|$version|" -e "s|@ARCHIVE@|$archive|" -e "s|@DOWNLOADS@|$package_downloads|" \
    -e "s|@SHA256@|$(sha256sum "$directory/$archive" | cut -d ' ' -f 1)|" \
    -e "s|@GLIBC@|$(needed_glibc "$content/kubectl-dotdiag" "$content"/lib/*)|" packages/krew.yaml.in >"$directory/dotdiag.yaml"
)

run_package() {
  install_missing building packages
  make_packages || return 1
  (cd build/package/packages && ls -l -- *.deb *.tar.gz dotdiag.yaml)
}

# check WHAT COMMAND...: counts one test; shows what the command said where it fails.
check() {
  local what=$1 log=build/package-check.log
  shift
  if "$@" >"$log" 2>&1; then
    count 1 0 0
  else
    cat "$log"
    fail "packages: $what"
  fi
}

service_is_sound() {
  local unit=build/package/packages/dotdiag-webhook.service
  systemd-analyze security --offline=true --threshold=15 --no-pager "$unit"
}

packages_hold_in_debian() (
  local content
  content=$(mktemp -d "${TMPDIR:-/tmp}/dotdiag-packages.XXXXXX")
  trap 'rm -rf "$content"' EXIT
  cp build/package/packages/*.{deb,tar.gz} tests/packages/in_debian.sh "$content"
  cp -r manifests/examples "$content"
  in_debian "$content" bash /packages/in_debian.sh
)

# commands_of FILE HEADING: the blocks of commands in that section of a document.
commands_of() {
  awk -v heading="$2" '
    /^```/ { is_inside = !is_inside; next }
    is_inside && is_wanted { print }
    !is_inside && /^#/ { sub(/^#+ /, ""); is_wanted = ($0 == heading) }' "$1"
}

# As somebody pastes them who has an empty home.
documented_commands_hold() (
  local home
  home=$(mktemp -d "${TMPDIR:-/tmp}/dotdiag-home.XXXXXX")
  trap 'rm -rf "$home"' EXIT
  HOME=$home bash -euc "$(commands_of docs/install.md "On a machine")" &&
    "$home/.local/bin/dotdiag-lint" --version && "$home/.local/bin/kubectl-dotdiag" --version
)

stage_packages() {
  local packages=build/package/packages
  make_packages || {
    fail "packages: the build"
    return
  }
  check "lintian" lintian --allow-root --fail-on error,warning "$packages"/*.deb
  check "the service" service_is_sound
  check "the manifest for Krew" /usr/bin/python3 -B tests/packages/krew_manifest.py "$packages"/dotdiag.yaml "$packages"/*.tar.gz
  check "the commands of docs/install.md" documented_commands_hold
  if find_debian; then
    check "in a bare Debian" packages_hold_in_debian
  else
    # shellcheck disable=SC2154  # tools/debian.sh sets it
    skip "packages: in a bare Debian: $debian_skip_reason"
  fi
}
