# The programs that a machine has on which nothing but our packages is installed. Sourced by ./dev.
#
# A test that starts a program of no package in its groups passes wherever somebody happens to have it, and fails for the
# first newcomer. So the tests run with a PATH that holds the programs of those packages, of what these depend on, and of the
# base system, and no other: what setup forgets is missing everywhere.
# shellcheck shell=bash

# Programs that no package of ours brings, and without which the tests that want them are skipped aloud.
optional_programs=(kubectl skopeo)

# Prints the installed packages among the arguments, all that these depend on, and the base system, one a line. A library that is
# installed for two architectures has two lines: dpkg takes its bare name for neither.
packages_with_dependencies() {
  # shellcheck disable=SC2016  # dpkg-query expands these
  local format='${db:Status-Abbrev}\t${Package}\t${Essential}\t${Priority}\t${Provides}\t${Pre-Depends}, ${Depends}'
  dpkg-query -W -f "$format"'\t${binary:Package}\n' |
    awk -F '\t' -v wanted="$*" '
      function add(name) { if (!(name in have)) { have[name]; queue[++last] = name } }
      $1 !~ /^ii/ { next }
      { depends[$2] = $6; installed[$2] = installed[$2] $7 "\n" }
      $3 == "yes" || $4 == "required" { add($2) }
      { n = split($5, provided, /, */)
        for (i = 1; i <= n; ++i) { sub(/[ :(].*/, "", provided[i]); providers[provided[i]] = providers[provided[i]] " " $2 } }
      END {
        n = split(wanted, names, " ")
        for (i = 1; i <= n; ++i) add(names[i])
        for (next_one = 1; next_one <= last; ++next_one) {
          name = queue[next_one]
          printf "%s", installed[name]
          n = split(depends[name], names, /[ ]*[,|][ ]*/)
          for (i = 1; i <= n; ++i) {
            sub(/[ :(].*/, "", names[i])
            if (names[i] in depends) add(names[i])
            m = split(providers[names[i]], others, " ")
            for (j = 1; j <= m; ++j) add(others[j])
          }
        }
      }'
}

# link_programs DIRECTORY: of the packages on standard input, also under the names that Debian chooses among alternatives.
link_programs() {
  local directory=$1 files file target
  files=$(xargs dpkg-query -L | sort -u)
  grep -E '^(/usr)?/s?bin/[^/]+$' <<<"$files" | while read -r file; do
    if [[ -f $file && -x $file ]]; then echo "$file"; fi
  done | xargs -d '\n' ln -sf -t "$directory"
  find /usr/bin /usr/sbin -lname '/etc/alternatives/*' | while read -r file; do
    target=$(readlink -f "$file")
    # java itself is in no bin directory of the system's.
    if [[ $directory/${target##*/} -ef $target ]] || grep -qxF -- "$target" <<<"$files"; then ln -sf "$file" "$directory"; fi
  done
}

# restricted_path GROUP...: prints the directory, which is made anew: what was installed since the last run may be gone.
restricted_path() {
  local directory=$PWD/build/path group program wanted=()
  rm -rf "$directory"
  mkdir -p "$directory"
  for group in "$@"; do
    # shellcheck disable=SC2154  # tools/setup.sh sets it
    mapfile -t -O "${#wanted[@]}" wanted < <(awk 'NF { print $1 }' <<<"${packages[$group]}")
  done
  packages_with_dependencies "${wanted[@]}" | link_programs "$directory"
  for program in "${optional_programs[@]}"; do
    if program=$(command -v "$program"); then ln -sf "$program" "$directory/"; fi
  done
  echo "$directory"
}
