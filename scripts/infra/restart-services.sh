#!/usr/bin/env bash
# Replaces all tasks by new ones of the same image, for example to read a new secret. They drain as in a deployment.
#   scripts/infra/restart-services.sh staging
set -euo pipefail

if [ "$#" -ne 1 ]; then
  echo "usage: $0 <staging|production>" >&2
  exit 64
fi
for service in api worker; do
  aws ecs update-service --cluster "iscoolgpt-$1" --service "iscoolgpt-$1-$service" --force-new-deployment \
    --query 'service.serviceName' --output text
done
