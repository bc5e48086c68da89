#!/usr/bin/env bash
# Gives a deployed image a release- tag, which the registry's lifecycle keeps. Doing so twice does nothing.
#   scripts/deploy/mark-release.sh api sha256:… staging
set -euo pipefail

service="${1:?usage: $0 <api|worker> <digest> <environment>}"
digest="${2:?usage: $0 <api|worker> <digest> <environment>}"
environment="${3:?usage: $0 <api|worker> <digest> <environment>}"
tag="release-$environment-${digest:7:12}"

image=$(aws ecr batch-get-image --repository-name "iscoolgpt/$service" --image-ids "imageDigest=$digest" \
  --query 'images[0].[imageManifest,imageManifestMediaType]' --output json)
if [ "$image" = null ] || [ "$image" = '[]' ]; then
  echo "iscoolgpt/$service has no image $digest" >&2
  exit 1
fi
manifest_file=$(mktemp)
trap 'rm -f "$manifest_file"' EXIT
node -e 'process.stdout.write(JSON.parse(process.argv[1])[0])' "$image" >"$manifest_file"
media_type=$(node -e 'process.stdout.write(JSON.parse(process.argv[1])[1] ?? "")' "$image")

if said=$(aws ecr put-image --repository-name "iscoolgpt/$service" --image-tag "$tag" \
  --image-manifest "file://$manifest_file" ${media_type:+--image-manifest-media-type "$media_type"} 2>&1 >/dev/null); then
  echo "iscoolgpt/$service@$digest is $tag"
elif [[ "$said" == *ImageAlreadyExistsException* ]]; then
  echo "iscoolgpt/$service@$digest was $tag already"
else
  echo "$said" >&2
  exit 1
fi
