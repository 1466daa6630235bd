# What images and packages are made of: one build, in which nothing depends on the directory or the time, so that the same
# commit makes the same bytes anywhere. The stage `reproducible` sees that it does. Sourced by ./dev.
# shellcheck shell=bash

project_version() {
  sed -n 's/^project(dotdiag VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt
}

# When the commit was made, unless it is given: no file in an image or package, and nothing about it, is younger.
source_epoch() {
  echo "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null)}" | grep . || {
    echo "there is no git history here that says when the sources were written: set SOURCE_DATE_EPOCH" >&2
    return 1
  }
}

# build_shipped TARGET...: the compiler's cache may look past the directory, because nothing names it.
build_shipped() {
  local epoch
  epoch=$(source_epoch) || return 1
  SOURCE_DATE_EPOCH=$epoch CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true build package "$@"
}

# The sums of all that ./dev image and ./dev package made.
shipped_sums() {
  (cd build && sha256sum -- image/*.oci.tar image/*.spdx.json package/packages/*.{deb,tar.gz} package/packages/dotdiag.yaml)
}

# elsewhere DIRECTORY: these very sources, with their history, at another place.
elsewhere() {
  rm -rf "$1"
  git clone --quiet . "$1"
  git ls-files -z --cached --others --exclude-standard |
    tar --create --null --files-from=- --ignore-failed-read | tar --extract --directory "$1"
}

# ship_again DIRECTORY: a second whole compilation takes minutes, so most comes from the compiler's cache. One floor is compiled
# without it: a path or a time that gets into a program would be noticed.
ship_again() (
  cd "$1" || return 1
  build_shipped all && find build/package/core/edit -name '*.o' -delete &&
    CCACHE_DISABLE=1 ./dev image && CCACHE_DISABLE=1 ./dev package
)

# After the stages image and packages, which made the first ones.
stage_reproducible() {
  local again=build/elsewhere/again
  if elsewhere "$again" && ship_again "$again" && diff <(shipped_sums) <(cd "$again" && shipped_sums); then
    count 1 0 0
  else
    fail "a second build at another place makes the same bytes"
  fi
  rm -rf build/elsewhere
}
