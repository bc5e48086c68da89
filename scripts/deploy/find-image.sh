#!/usr/bin/env bash
# Prints the digest of a service's image by its tag; ends with 1 where there is none. Tags cannot move, so a re-run of the
# same commit finds what the first run built.
#   scripts/deploy/find-image.sh api sha-0123abc
set -euo pipefail

service="${1:?usage: $0 <api|worker> <tag>}"
tag="${2:?usage: $0 <api|worker> <tag>}"

digest=$(aws ecr batch-get-image --repository-name "iscoolgpt/$service" --image-ids "imageTag=$tag" \
  --query 'images[0].imageId.imageDigest' --output text)
if [ "$digest" = None ]; then
  echo "iscoolgpt/$service has no image $tag" >&2
  exit 1
fi
echo "$digest"
