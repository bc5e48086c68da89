#!/usr/bin/env bash
# Waits until a service runs the expected image, and nothing else. An apply that ends well does not say so: ECS may roll
# back a minute later. A worker that is always busy may be spared for a quarter of an hour before it is replaced.
#   scripts/deploy/verify-rollout.sh staging api sha256:… [minutes, 25 unless told]
set -euo pipefail

environment="${1:?usage: $0 <environment> <api|worker> <digest> [minutes]}"
service="${2:?usage: $0 <environment> <api|worker> <digest> [minutes]}"
digest="${3:?usage: $0 <environment> <api|worker> <digest> [minutes]}"
deadline=$((SECONDS + 60 * ${4:-25}))
cluster="iscoolgpt-$environment"
name="$cluster-$service"

# Of the primary deployment: its state, its task definition; then how many deployments there are.
state() {
  aws ecs describe-services --cluster "$cluster" --services "$name" --output text \
    --query "services[0].[deployments[?status=='PRIMARY'] | [0].rolloutState, deployments[?status=='PRIMARY'] | [0].taskDefinition, length(deployments)]"
}

while :; do
  read -r rollout task_definition deployments < <(state)
  image=$(aws ecs describe-task-definition --task-definition "$task_definition" --output text \
    --query "taskDefinition.containerDefinitions[?name=='$service'] | [0].image")
  if [ "${image##*@}" != "$digest" ]; then
    echo "$name runs $image, not $digest: the deployment was rolled back" >&2
    exit 1
  fi
  if [ "$rollout" = FAILED ]; then
    echo "$name: the rollout of $digest failed: see the service's events" >&2
    exit 1
  fi
  [ "$rollout" = COMPLETED ] && [ "$deployments" = 1 ] && break
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "$name: the rollout of $digest is still $rollout with $deployments deployments" >&2
    exit 1
  fi
  sleep 10
done
echo "$name runs $digest"
