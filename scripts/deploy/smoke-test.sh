#!/usr/bin/env bash
# Asks a deployed API a question and waits for its answer. The key comes in API_KEY, so that no list of processes shows it.
#   API_KEY=… scripts/deploy/smoke-test.sh https://ask-staging.example.org
set -euo pipefail

url="${1:?usage: API_KEY=… $0 <url>}"
: "${API_KEY:?is missing: a key of the client that may ask for tests}"
minutes_left=4
header_file=$(mktemp)
trap 'rm -f "$header_file"' EXIT
printf 'authorization: Bearer %s\n' "$API_KEY" >"$header_file"

field() { node -e 'process.stdout.write(String(JSON.parse(process.argv[1])[process.argv[2]] ?? ""))' "$1" "$2"; }

job=$(curl --fail-with-body --silent --show-error --max-time 60 --header "@$header_file" \
  --json '{"question":"In one sentence: what is a virtual private cloud?","cache":false,"deadline_seconds":200}' "$url/v1/jobs")
id=$(field "$job" id)
deadline=$((SECONDS + 60 * minutes_left))
# From zero, a worker takes about a minute to start.
while [ "$(field "$job" "done")" != true ]; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "job $id did not end in $minutes_left minutes" >&2
    exit 1
  fi
  sleep 3
  job=$(curl --fail-with-body --silent --show-error --max-time 30 --header "@$header_file" "$url/v1/jobs/$id")
done
status=$(field "$job" status)
echo "job $id ended as $status"
[ "$status" = succeeded ]
