#!/usr/bin/env bash
# Puts a value, read from standard input, into a secret that bootstrap/ made. The value is never an argument, so that no
# list of processes and no shell history shows it.
#   scripts/infra/put-secret.sh staging OPENAI_API_KEY < key.txt
set -euo pipefail

if [ "$#" -ne 2 ]; then
  echo "usage: $0 <staging|production> <SECRET_NAME> < value" >&2
  exit 64
fi
secret="iscoolgpt/$1/$2"

umask 077
value_file=$(mktemp)
trap 'rm -f "$value_file"' EXIT
# A newline at the end would become part of the key.
printf '%s' "$(cat)" >"$value_file"
if [ ! -s "$value_file" ]; then
  echo "$0: standard input is empty: nothing was put into $secret" >&2
  exit 65
fi

version=$(aws secretsmanager put-secret-value --secret-id "$secret" --secret-string "file://$value_file" \
  --query VersionId --output text)
echo "$secret has version $version; tasks that start from now on read it: scripts/infra/restart-services.sh $1"
