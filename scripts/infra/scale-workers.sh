#!/usr/bin/env bash
# Sets the fewest and the most worker tasks at once, without a plan: for an emergency. The next apply sets them back to
# worker_tasks_min and worker_tasks_max, so change those too.
#   scripts/infra/scale-workers.sh production 5 40
set -euo pipefail

if [ "$#" -ne 3 ] || ! [[ "$2" =~ ^[0-9]+$ && "$3" =~ ^[0-9]+$ ]] || [ "$2" -gt "$3" ]; then
  echo "usage: $0 <staging|production> <min> <max>, with min <= max" >&2
  exit 64
fi
resource="service/iscoolgpt-$1/iscoolgpt-$1-worker"

aws application-autoscaling register-scalable-target --service-namespace ecs \
  --scalable-dimension ecs:service:DesiredCount --resource-id "$resource" --min-capacity "$2" --max-capacity "$3" >/dev/null
aws application-autoscaling describe-scalable-targets --service-namespace ecs --resource-ids "$resource" \
  --query 'ScalableTargets[0].[ResourceId,MinCapacity,MaxCapacity]' --output text
