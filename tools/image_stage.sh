# The tests of the images: what is in them, and whether their programs run in them. Sourced by ./dev.
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

stage_image() {
  local version
  ./dev image || {
    fail "image: the build"
    return
  }
  version=$(project_version)
  # shellcheck disable=SC2046,SC2154  # a name has no blanks; tools/test.sh sets tests_path
  count_image_checks < <(
    SPDX_VALIDATOR=$(spdx_validator) PATH=$tests_path python3 -B tests/image/image_test.py build/package "$version" $(image_names) ||
      echo "failed image_test.py ended with $?"
  )
}
