# Disturbs the webhook under load. Sourced by ./dev.
# shellcheck shell=bash

# run_soak [--calls N]
run_soak() {
  local calls=100000
  if [[ $# -gt 0 ]]; then
    [[ $# -eq 2 && $1 == --calls && $2 =~ ^[1-9][0-9]*$ ]] || misuse "soak takes --calls and a number"
    calls=$2
  fi
  install_missing building tests
  build release dotdiag-webhook
  /usr/bin/python3 -B tests/soak/soak.py build/release/webhook/dotdiag-webhook "$calls"
}
