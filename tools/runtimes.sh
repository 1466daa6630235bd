# Real .NET runtimes, as packages of other ecosystems have them: fetched once, kept outside the tree. Sourced by ./dev.
# shellcheck shell=bash
# shellcheck disable=SC2034  # what is set here is read elsewhere

# .NET Core 3.1 with its host, the files of .NET 9 beside somebody's program, and a program that .NET 10 made into a single file.
runtime_31=dotnetcore2-3.1.23-py3-none-manylinux1_x86_64.whl
runtime_31_sum=5f076ddc39da0c685e7de20ecb91ee81185928918ec86fbeb3bffc55dd867ab5
runtime_9=azure-mcp-linux-x64-0.0.8.tgz
runtime_9_sum=0c4de171016414ca63416eb704a39cd18b3e674e269bb5a76be8577369d4afa3
runtime_10=azure-mcp-linux-x64-2.0.5.tgz
runtime_10_sum=59e49713045a8c78c4915a6368bfc7688e7e9032a74d1fdf6caaa24d05a4dbdb

# Where they are kept, and why there are none although nothing is broken.
runtimes=${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/runtimes
runtimes_skip_reason=''

# has_sum FILE SUM
has_sum() {
  [[ -f $1 ]] && sha256sum --status --check <<<"$2  $1"
}

# fetch_package FILE SUM COMMAND...: COMMAND leaves FILE in the current directory.
fetch_package() {
  local file=$1 sum=$2
  shift 2
  has_sum "$runtimes/$file" "$sum" && return
  command -v "$1" >/dev/null || {
    runtimes_skip_reason="$1 is not installed"
    return 1
  }
  (cd "$runtimes" && "$@") >build/runtimes.log 2>&1 || {
    runtimes_skip_reason="$file cannot be fetched: see build/runtimes.log"
    return 1
  }
  has_sum "$runtimes/$file" "$sum" || {
    echo "runtimes: $file is not what it was: $(sha256sum "$runtimes/$file")" >&2
    return 1
  }
}

# unpack_package DIRECTORY FILE COMMAND...: all or nothing; COMMAND is given the archive and fills the current directory.
unpack_package() {
  local directory=$runtimes/$1 file=$runtimes/$2 new
  shift 2
  [[ ! -d $directory ]] || return 0
  new=$(new_beside "$directory")
  if (cd "$new" && "$@" "$file" && chmod -R a+rX .); then move_there "$new" "$directory"; else rm -rf "$new" && return 1; fi
}

# A wheel is a zip archive, in which programs have lost their x bits.
unpack_wheel() {
  python3 -m zipfile -e "$1" . && find . -type f \( -name dotnet -o -name createdump -o -name '*.so' \) -exec chmod a+x {} +
}

# find_runtime 31|9|10: false with runtimes_skip_reason set where it cannot be had; plainly false where something is broken.
find_runtime() {
  runtimes_skip_reason=''
  mkdir -p build "$runtimes"
  [[ $(uname -m) == x86_64 ]] || {
    runtimes_skip_reason="the runtimes are for x86-64"
    return 1
  }
  case $1 in
    31)
      fetch_package "$runtime_31" "$runtime_31_sum" pip3 download --no-deps --dest . dotnetcore2==3.1.23 &&
        unpack_package net31 "$runtime_31" unpack_wheel
      ;;
    9)
      fetch_package "$runtime_9" "$runtime_9_sum" npm pack @azure/mcp-linux-x64@0.0.8 &&
        unpack_package net9 "$runtime_9" tar xzf
      ;;
    10)
      fetch_package "$runtime_10" "$runtime_10_sum" npm pack @azure/mcp-linux-x64@2.0.5 &&
        unpack_package net10 "$runtime_10" tar xzf
      ;;
  esac
}
