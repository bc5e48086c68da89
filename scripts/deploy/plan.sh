#!/usr/bin/env bash
# Plans an environment as it is deployed: with the images that it runs, or with those that API_DIGEST and WORKER_DIGEST
# name. Writes the plan in words to a file, and keeps the plan itself beside it where a third argument names a file.
#   scripts/deploy/plan.sh staging plan.txt [staging.tfplan]
set -euo pipefail

environment="${1:?usage: $0 <environment> <text file> [plan file]}"
text_file="${2:?usage: $0 <environment> <text file> [plan file]}"
root_dir=$(cd "$(dirname "$0")/../.." && pwd)
plan_file=$(realpath -m "${3:-$(mktemp)}")

running() {
  terraform -chdir="$root_dir/terraform" output -json images |
    node -e 'process.stdout.write(JSON.parse(require("node:fs").readFileSync(0, "utf8"))[process.argv[1]].split("@")[1])' "$1"
}

"$root_dir/scripts/deploy/configure-backend.sh" "$environment"
api="${API_DIGEST:-$(running api)}"
worker="${WORKER_DIGEST:-$(running worker)}"
export TF_VAR_image_digests="{\"api\":\"$api\",\"worker\":\"$worker\"}"

# The plan role may not write the lock; whoever applies a saved plan takes it, and is refused where the state has moved on.
terraform -chdir="$root_dir/terraform" plan -input=false -lock=false -var-file="environments/$environment.tfvars" -out="$plan_file"
terraform -chdir="$root_dir/terraform" show -no-color "$plan_file" >"$text_file"
