# Installs the packages that are missing, and nothing else. Sourced by ./dev.
# shellcheck shell=bash

# "package  why" by what needs it. The versions of Debian 12 are enough everywhere: see docs/dependencies.md.
declare -A packages
packages[building]='
g++                    the C++20 compiler
cmake                  configures the build
ninja-build            runs the build
ccache                 makes the second build quick
pkg-config             finds libyaml
git                    keeps the history
libboost-dev           Beast and Asio: the HTTPS server
libssl-dev             TLS and certificates
nlohmann-json3-dev     the JSON document
libsimdjson-dev        reads JSON fast
libyaml-dev            reads YAML with positions
libyaml-cpp-dev        writes YAML
libvalijson-dev        checks policies against their schema
libcli11-dev           command lines
libmimalloc-dev        a faster heap
libzstd-dev            packs dumps
zlib1g-dev             packs them for machines without zstd
prometheus-cpp-dev     counts for Prometheus
'
packages[tests]='
catch2                 the test framework
curl                   an HTTPS client that is not ours
openssl                a TLS client that is not ours
fish                   completes what the programs take
zsh                    likewise
mandoc                 checks the man pages
patch                  applies our diffs
python3                runs the second opinions below
python3-yaml           a second YAML reader
python3-jsonpatch      a second JSON Patch implementation
shellcheck             checks the shell scripts, ours and those that we write for users
'
packages[lint]='
chromium               looks at the page of --format html
default-jdk-headless   runs the parsers of reports that Jenkins uses
git                    pre-commit works in repositories
maven                  fetches them
python3-venv           keeps what comes from PyPI: pre-commit, junitparser, check-jsonschema
'
packages[image]='
binutils               strip and readelf
python3                fills root file systems, writes bills of materials
umoci                  makes OCI images
'
packages[image_tests]='
python3-venv           keeps spdx-tools from PyPI, which checks bills of materials
'
packages[all_tests]='
clang                  libFuzzer comes with it
prometheus             promtool checks the alerts
'
# Go itself is not among them: the distributions have older ones than the modules of tools/go.sh need.
packages[e2e]='
ca-certificates        Go fetches its modules over HTTPS
prometheus             promtool tells what the alerts make of what was counted
util-linux             setpriv: the API server ends with the tests
'
# npm is not among them: with all it depends on it is larger than what it would fetch.
packages[runtime]='
mono-mcs               compiles the program that is looked into
python3-pip            fetches .NET Core 3.1
'
packages[node]='
containerd             runs the containers
containernetworking-plugins  give pods their network
debootstrap            a Debian for the images of applications
gcc                    compiles the first process of a pod
iproute2               makes the network of the node
runc                   starts each of them
util-linux             namespaces: nothing of the node is left on the machine
zstd                   unpacks dumps, as runbooks say
'
packages[arm64]='
g++-aarch64-linux-gnu  compiles dotdiag-collect for arm64
qemu-user-static       runs it here
'
packages[benchmarks]='
libbenchmark-dev       the benchmark framework
nginx-light            the yardstick of the HTTPS benchmarks
openssl                makes handshakes
python3                runs the HTTPS benchmarks
wrk                    their load
'
packages[packages]='
binutils               strips the programs and lists what they need
debootstrap            a Debian to install the packages in
dpkg-dev               finds the packages that a program needs
file                   tells programs from other files
lintian                holds the packages against the policy of Debian
systemd                checks the service
'
packages[format]='
clang-format           lays out the C++ sources
clang-tidy             the checks of the tidy preset
'

# The package with clang's runtimes carries clang's version in its name (libclang-rt-14-dev on Debian 12).
clang_runtime() {
  { dpkg-query -W -f 'Depends: ${Depends}' clang || apt-cache show clang; } 2>/dev/null |
    sed -n 's/^Depends:.*\bclang-\([0-9][0-9]*\).*/libclang-rt-\1-dev   the runtimes of libFuzzer and the sanitizers/p' | sed 1q || true
}

# Prints the lines of the list on standard input whose package is not installed.
only_missing() {
  local wanted installed
  wanted=$(grep .)
  # dpkg-query fails where it does not know a package at all: that is just one more that is missing.
  # shellcheck disable=SC2046
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n' $(awk '{ print $1 }' <<<"$wanted") 2>/dev/null |
    awk '$2 == "ii" { print $1 }' || true)
  awk 'NR == FNR { have[$1]; next } !($1 in have)' <(echo "$installed") <(echo "$wanted")
}

apt() {
  local as_root=()
  [[ $(id -u) -eq 0 ]] || as_root=(sudo)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

# install_missing GROUP...: a group is one of the lists above.
install_missing() {
  local group lists='' missing
  for group in "$@"; do
    lists+=${packages[$group]}
  done
  if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is no Debian or Ubuntu: please see to it that the equivalents of these are installed:$lists" >&2
    return 0
  fi
  [[ " $* " == *" all_tests "* ]] && lists+=$(clang_runtime)
  missing=$(only_missing <<<"$lists")
  [[ -z $missing ]] && return 0
  if [[ $(id -u) -ne 0 ]] && ! command -v sudo >/dev/null; then
    printf 'setup: cannot install: neither root nor sudo: as root, install\n%s\n' "$missing" >&2
    return 1
  fi
  printf 'setup: installing\n%s\n' "$missing"
  apt update
  # The runtimes' name is known only now where clang itself was missing.
  [[ " $* " == *" all_tests "* ]] && missing+=$'\n'$(clang_runtime | only_missing)
  # shellcheck disable=SC2046
  apt install -y --no-install-recommends $(awk 'NF { print $1 }' <<<"$missing" | sort -u)
}

run_setup() {
  if [[ ${1:-} == --all ]]; then
    install_missing building tests image image_tests lint all_tests e2e runtime arm64 node packages benchmarks format
  else
    install_missing building tests
  fi
  echo "setup: everything is installed"
}
