#!/usr/bin/env bash
# Fuzzes the API by its own description: every operation of /openapi.json, all checks of Schemathesis,
# examples, boundary values, generated requests and sequences of them, against a local stack with simulated
# providers. Nothing but 127.0.0.1 is called.
#
#   scripts/schemathesis.sh [options of `schemathesis run`]
#
# SCHEMATHESIS_VENV: where the tool lives, a folder of its own below the temporary one by default.
# MAX_SECONDS: how long to go on, 360 by default. PORT: the stack's, 8099 by default.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${SCHEMATHESIS_VENV:-${TMPDIR:-/tmp}/iscoolgpt-schemathesis}
port=${PORT:-8099}
address=http://127.0.0.1:$port

if [ ! -x "$venv/bin/schemathesis" ]; then
  echo "installing schemathesis into $venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'schemathesis==4.32.5'
fi

work=$(mktemp -d)
key=$(od -An -tx1 -N16 /dev/urandom | tr -d ' \n')
sha256=$(printf %s "$key" | sha256sum | cut -d' ' -f1)
env -u OPENAI_API_KEY -u GEMINI_API_KEY -u HF_TOKEN -u PROVIDERS -u PANEL -u API_KEYS_FILE -u WEBHOOK_SECRET \
  API_KEYS="[{\"client\":\"fuzzer\",\"sha256\":\"$sha256\"}]" PORT="$port" DATA_DIR="$work" LOG_LEVEL=warn MAX_WAIT_SECONDS=8 \
  RATE_PER_MINUTE=1000000 DAILY_QUOTA=1000000 SIMULATED='{"latency_ms":{"min":1,"max":20}}' \
  node_modules/.bin/node local/main.ts >"$work/stack.log" 2>&1 &
stack=$!
trap 'kill "$stack" 2>/dev/null || true; wait "$stack" || true; rm -rf "$work"' EXIT

curl --silent --fail --output /dev/null --retry 60 --retry-delay 1 --retry-connrefused "$address/ready" || {
  cat "$work/stack.log"
  exit 1
}

status=0
HYPOTHESIS_STORAGE_DIRECTORY="$work/hypothesis" "$venv/bin/schemathesis" --config-file scripts/schemathesis.toml run "$address/openapi.json" \
  --header "Authorization: Bearer $key" --checks all --mode all --max-time "${MAX_SECONDS:-360}" "$@" || status=$?

# A warning or an error that the services wrote is a finding too.
if grep -E '"level":("(warn|error|fatal)"|[456]0)' "$work/stack.log" >"$work/complaints.log"; then
  echo "the services complained $(wc -l <"$work/complaints.log") times; the first:"
  head -5 "$work/complaints.log"
  status=1
fi
exit "$status"
