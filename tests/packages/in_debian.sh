#!/bin/bash
# Run as root inside a bare Debian, with the packages and what to try them on in /packages: installs them, uses them, removes
# them, and sees that nothing stays. Stops at the first thing that is not so, and says which.
set -euo pipefail
cd /packages
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

step() {
  echo "-- $*"
  step=$*
}
trap 'echo "not so: $step" >&2' ERR

is_there() {
  local file
  for file in "$@"; do
    [[ -e $file ]] || { echo "missing: $file" >&2; return 1; }
  done
}

step "apt installs each package with what it depends on"
apt-get -qq update
for package in dotdiag-policies dotdiag-lint dotdiag-patch dotdiag-collect dotdiag-webhook; do
  apt-get -qq install --no-install-recommends -y ./"$package"_*.deb >apt.log 2>&1 || { cat apt.log >&2; false; }
done

step "the programs run"
for program in dotdiag-lint dotdiag-patch dotdiag-collect dotdiag-webhook kubectl-dotdiag; do
  "$program" --version
done
[[ $(dotdiag-lint --snippet examples/orders-api.yaml || true) == *share-process-namespace* ]]
[[ $(dotdiag-webhook review examples/review.json) == *patchType* ]]
dotdiag-lint --fix examples/orders-api.yaml >/dev/null
[[ $(dotdiag-collect info --socket /nonexistent 2>&1 || true) == *"there is no such socket"* ]]
[[ $(dotdiag-patch --mode procroot --target-uid 1654 --target-gid 1654 examples/orders-api.yaml) == *ephemeralContainers* ]]

step "the policies of the package are accepted"
dotdiag-lint --policies /usr/share/dotdiag/policies examples/orders-api.yaml >/dev/null

step "pages, completions and schemas are where they are looked for"
share=/usr/share
for program in dotdiag-lint dotdiag-patch dotdiag-collect dotdiag-webhook kubectl-dotdiag; do
  # A bare Debian may be told to install no pages at all.
  dpkg-query -S "$share/man/man1/$program.1.gz" >/dev/null
  is_there $share/bash-completion/completions/"$program" $share/zsh/vendor-completions/_"$program" \
    $share/fish/vendor_completions.d/"$program".fish
done
is_there $share/dotdiag/lint-config.schema.json $share/dotdiag/webhook-config.schema.json
[[ $(kubectl_complete-dotdiag inject --dry-run=s) == server* ]]

step "the service is on, and waits for a certificate"
unit=/usr/lib/systemd/system/dotdiag-webhook.service
is_there $unit /etc/dotdiag/webhook.yaml /etc/systemd/system/multi-user.target.wants/dotdiag-webhook.service
grep -qx 'ConditionPathExists=/etc/dotdiag/tls/tls.crt' $unit
[[ $(stat -c '%U:%G %a' /etc/dotdiag/tls) == 'root:dotdiag-webhook 750' ]]

step "the service's user can read the key that an administrator puts there, and serves by the settings of the package"
dotdiag-webhook certs --out tls --dns localhost
install -g dotdiag-webhook -m 640 tls/tls.crt tls/tls.key /etc/dotdiag/tls/
setpriv --reuid dotdiag-webhook --regid dotdiag-webhook --clear-groups --no-new-privs --bounding-set=-all \
  dotdiag-webhook serve --config /etc/dotdiag/webhook.yaml --listen 127.0.0.1:0 --admin 127.0.0.1:0 2>server.log &
server=$!
for _ in {1..50}; do
  grep -q 'port' server.log && break
  sleep 0.1
done
kill -HUP $server
kill -TERM $server
wait $server || { cat server.log >&2; false; }

step "settings stay when the package is removed, and the same version can be installed again"
echo '# mine' >>/etc/dotdiag/webhook.yaml
apt-get -qq remove -y dotdiag-webhook >apt.log 2>&1
[[ $(tail -n 1 /etc/dotdiag/webhook.yaml) == '# mine' ]]
apt-get -qq install --no-install-recommends -y ./dotdiag-webhook_*.deb >apt.log 2>&1
[[ $(tail -n 1 /etc/dotdiag/webhook.yaml) == '# mine' ]]

step "nothing stays when the packages are purged"
apt-get -qq purge -y 'dotdiag-*' >apt.log 2>&1
[[ -z $(dpkg-query -W -f '${Package}\n' 'dotdiag*' 2>/dev/null | grep . || true) ]]
left=$(find / -xdev \( -path /packages -o -path /proc -o -path /sys \) -prune -o -name '*dotdiag*' -print)
[[ -z $left ]] || { echo "left: $left" >&2; false; }
[[ -z $(getent passwd dotdiag-webhook; getent group dotdiag-webhook) ]]

step "the plugin's archive for Krew runs without any package of ours"
mkdir krew
tar -xzf kubectl-dotdiag_*_linux_amd64.tar.gz -C krew
krew/kubectl-dotdiag --version
[[ $(ldd krew/kubectl-dotdiag) == */packages/krew/lib/libyaml* ]]
