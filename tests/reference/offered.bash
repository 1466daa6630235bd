# What bash offers: offered.bash COMPLETION WORD...: the last word is the unfinished one.
# shellcheck shell=bash
# shellcheck source=/dev/null
source "$1"
shift
COMP_WORDS=("$@")
# shellcheck disable=SC2034  # bash's own name for it
COMP_CWORD=$(($# - 1))
function=$(complete -p "$1" | sed 's/.*-F \([^ ]*\).*/\1/')
"$function"
printf '%s\n' "${COMPREPLY[@]}"
