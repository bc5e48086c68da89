#!/usr/bin/env bash
# Waits for the registry's scan of an image, and refuses one with a critical finding.
#   scripts/deploy/check-image.sh api sha256:…
set -euo pipefail

service="${1:?usage: $0 <api|worker> <digest>}"
digest="${2:?usage: $0 <api|worker> <digest>}"
repository="iscoolgpt/$service"

# What the registry scans are the images of single platforms that an index names; the attestations beside them are none.
platform_images() {
  aws ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$digest" \
    --query 'images[0].imageManifest' --output text |
    node -e '
      const manifest = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      const images = (manifest.manifests ?? []).filter(({ platform }) => platform?.os === "linux");
      process.stdout.write(manifest.manifests ? images.map(({ digest }) => digest).join("\n") : process.argv[1]);
    ' "$digest"
}

images=$(platform_images)
[ -n "$images" ] || { echo "$repository@$digest names no image of Linux" >&2; exit 1; }
for image in $images; do
  ask=(--repository-name "$repository" --image-id "imageDigest=$image")
  aws ecr wait image-scan-complete "${ask[@]}"
  critical=$(aws ecr describe-image-scan-findings "${ask[@]}" \
    --query 'imageScanFindings.findingSeverityCounts.CRITICAL' --output text)
  if [ "$critical" != None ] && [ "$critical" != 0 ]; then
    echo "$repository@$image has $critical critical findings: raise the base image, or read them in the registry" >&2
    exit 1
  fi
  echo "$repository@$image has no critical finding"
done
