#!/usr/bin/env bash
# Initializes Terraform for one environment, with its state in this account's bucket.
#   scripts/deploy/configure-backend.sh staging
set -euo pipefail

environment="${1:?usage: $0 <environment>}"
root_dir=$(cd "$(dirname "$0")/../.." && pwd)
account=$(aws sts get-caller-identity --query Account --output text)

terraform -chdir="$root_dir/terraform" init -input=false -lockfile=readonly -reconfigure \
  -backend-config="environments/$environment.s3.tfbackend" -backend-config="bucket=iscoolgpt-state-$account"
