# A bare Debian 12 to try things in: made once, kept outside the tree, copied for each use. Sourced by ./dev.
#
# Whatever is mounted for it is mounted in a namespace of its own, and so is gone with the process that needed it.
# shellcheck shell=bash

# What find_debian came to: the directory, or why there is none although nothing is broken.
# shellcheck disable=SC2034  # tools/package.sh reads it
debian_base=''
debian_skip_reason=''

# The sources of Debian 12 that this machine's apt uses, so that its mirror does: "deb URL SUITE COMPONENT" a line.
debian_sources() {
  # shellcheck disable=SC2016  # apt expands these
  apt-get indextargets --format 'deb $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    grep -E ' bookworm(-[a-z]+)? main$' | sort -u
}

# bootstrap_debian DIRECTORY SOURCES: all or nothing, because a run may be interrupted.
bootstrap_debian() {
  local directory=$1 sources=$2 mirror new
  mirror=$(awk '$3 == "bookworm" { print $2; exit }' <<<"$sources")
  mkdir -p "$(dirname "$directory")"
  new=$(mktemp -d "$directory.XXXXXX")
  echo "making a Debian 12 from $mirror: this takes minutes, once"
  if unshare --mount debootstrap --variant=minbase bookworm "$new" "$mirror" >build/debootstrap.log 2>&1; then
    echo "$sources" >"$new/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::[a-z]+::(Proxy|CaInfo)' >"$new/etc/apt/apt.conf.d/99machine" || true
    chmod 755 "$new"
    mv -T "$new" "$directory" 2>/dev/null || rm -rf "$new"
  else
    rm -rf "$new"
    debian_skip_reason="debootstrap: $(tail -n 1 build/debootstrap.log)"
    return 1
  fi
}

# Sets debian_base, or debian_skip_reason and is false.
find_debian() {
  local sources
  debian_base=${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/debian-12
  if [[ $(id -u) -ne 0 ]]; then
    debian_skip_reason="not root"
  elif ! command -v debootstrap >/dev/null; then
    debian_skip_reason="debootstrap is not installed"
  elif ! unshare --mount true 2>/dev/null; then
    debian_skip_reason="this machine lets nobody mount"
  elif [[ ! -d $debian_base ]]; then
    sources=$(debian_sources)
    if [[ -n $sources ]]; then bootstrap_debian "$debian_base" "$sources" && return; fi
    [[ -n $sources ]] || debian_skip_reason="apt knows no source of Debian 12"
  else
    return 0
  fi
  return 1
}

# in_debian DIRECTORY COMMAND...: in a fresh copy, where DIRECTORY's contents are in /packages. Only the copy is written to.
in_debian() (
  local directory=$1 copy
  shift
  copy=$(mktemp -d "${TMPDIR:-/tmp}/dotdiag-debian.XXXXXX")
  trap 'rm -rf --one-file-system "$copy"' EXIT
  cp -a --reflink=auto "$debian_base/." "$copy"
  cp -r "$directory" "$copy/packages"
  # The names of hosts are found as on this machine.
  cp -L /etc/resolv.conf /etc/hosts "$copy/etc/" 2>/dev/null || true
  # shellcheck disable=SC2016  # the inner shell expands these
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
    unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$1/proc" && exec chroot "$@"' sh "$copy" "$@"
)
