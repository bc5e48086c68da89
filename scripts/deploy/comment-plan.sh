#!/usr/bin/env bash
# Puts a plan onto its pull request: one comment an environment, replaced by each new plan. Needs gh, GH_TOKEN and
# PULL_REQUEST.
#   scripts/deploy/comment-plan.sh staging plan.txt
set -euo pipefail

environment="${1:?usage: $0 <environment> <text file>}"
text_file="${2:?usage: $0 <environment> <text file>}"
: "${PULL_REQUEST:?is missing: the number of the pull request}"
# A comment holds 65536 characters.
limit=60000
marker="<!-- plan of $environment -->"
body_file=$(mktemp)
trap 'rm -f "$body_file"' EXIT

{
  echo "$marker"
  echo "### Plan of $environment"
  echo '```'
  head -c "$limit" "$text_file"
  echo
  echo '```'
  [ "$(wc -c <"$text_file")" -le "$limit" ] || echo "It is longer than a comment may be: the rest is in the job's log."
} >"$body_file"

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
id=$(MARKER="$marker" gh api --paginate "$comments" --jq '.[] | select(.body | startswith(env.MARKER)) | .id' | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body_file" --silent
else
  gh api --method POST "$comments" --field "body=@$body_file" --silent
fi
cat "$text_file"
