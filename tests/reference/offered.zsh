# What zsh offers: offered.zsh DIRECTORY LINE, run by zsh -f. Completion lives in the line editor, so a second zsh gets a
# terminal, a Tab, and a compadd that writes down what it is given.
zmodload zsh/zpty
export OFFERED_DIRECTORY=$1 OFFERED=$(mktemp)
read -r -d '' setup <<'END'
unsetopt beep; PROMPT= RPROMPT=
fpath=($OFFERED_DIRECTORY $fpath)
autoload -U compinit; compinit -u -D
compadd() {
  local -a hits
  if [[ " $* " != *" -"[OAD]" "* ]]; then
    builtin compadd -A hits "$@"
    print -rl -- $hits >> $OFFERED
  fi
  builtin compadd "$@"
}
finish() { print -r -- ':end' >> $OFFERED }
comppostfuncs=(finish)
print ready
END
zpty shell zsh -f -i
zpty -w shell "$setup"
while zpty -r shell line && [[ $line != *ready* || $line == *print* ]]; do :; done
zpty -w -n shell "$2"$'\t'
for _ in {1..200}; do
  zpty -r -t shell line
  grep -q '^:end' $OFFERED && break
  sleep 0.05
done
zpty -d shell
grep -v '^:end' $OFFERED | grep . | sort -u
rm -f $OFFERED
