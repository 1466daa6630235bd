# The tests of the images: what is in them, whether their programs run in them, and whether a second build elsewhere makes the
# same bytes. Sourced by ./dev.
# shellcheck shell=bash

spdx_tools=0.8.5

# Prints the path of the validator of bills of materials, or nothing where it cannot be had: Debian has none, PyPI does.
spdx_validator() {
  local directory=${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/spdx-tools-$spdx_tools
  if [[ ! -x $directory/bin/pyspdxtools ]]; then
    rm -rf "$directory"
    { /usr/bin/python3 -m venv "$directory" && "$directory/bin/pip" install "spdx-tools==$spdx_tools"; } >build/spdx-tools.log 2>&1 ||
      return 0
  fi
  echo "$directory/bin/pyspdxtools"
}

# Counts the lines of tests/image/image_test.py on standard input, and shows them.
count_image_checks() {
  local result name
  while read -r result name; do
    case $result in
      passed) count 1 0 0 ;;
      skipped) skip "image: $name" ;;
      failed) fail "image: $name" ;;
    esac
    echo "$result $name"
  done
}

# The sums of what `./dev image` made in the current directory.
image_sums() {
  (cd build/image && sha256sum -- *.oci.tar *.spdx.json)
}

# elsewhere DIRECTORY: these very sources, with their history, at another place.
elsewhere() {
  rm -rf "$1"
  git clone --quiet . "$1"
  git ls-files -z --cached --others --exclude-standard |
    tar --create --null --files-from=- --ignore-failed-read | tar --extract --directory "$1"
}

# build_image_again DIRECTORY: with the compiler's cache, which is told to look past the directory, for a second whole
# compilation takes minutes. One floor is compiled without it, so that a path which gets into a program would be noticed.
build_image_again() (
  cd "$1" || return 1
  CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true ./dev build release &&
    find build/release/core/edit -name '*.o' -delete &&
    CCACHE_DISABLE=1 ./dev image
)

stage_image() {
  local version again=build/image/elsewhere/again
  CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true ./dev image || {
    fail "image: the build"
    return
  }
  version=$(image_version)
  # shellcheck disable=SC2046,SC2154  # a name has no blanks; tools/test.sh sets tests_path
  count_image_checks < <(
    SPDX_VALIDATOR=$(spdx_validator) PATH=$tests_path python3 -B tests/image/image_test.py build/release "$version" $(image_names) ||
      echo "failed image_test.py ended with $?"
  )
  if elsewhere "$again" && build_image_again "$again" && diff <(image_sums) <(cd "$again" && image_sums); then
    count 1 0 0
  else
    fail "image: a second build at another place makes the same bytes"
  fi
  rm -rf build/image/elsewhere
}
