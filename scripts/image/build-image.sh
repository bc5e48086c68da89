#!/usr/bin/env bash
# Builds the image of a service without a Docker engine: buildah in a chroot. Says its size.
#   scripts/image/build-image.sh api localhost/iscoolgpt-base
set -euo pipefail

target="${1:?usage: $0 <api|worker> <base image>}"
base="${2:?usage: $0 <api|worker> <base image>}"
root_dir=$(cd "$(dirname "$0")/../.." && pwd)
image="localhost/iscoolgpt-$target"

settings_dir=$(mktemp -d)
trap 'rm -rf "$settings_dir"' EXIT
# Where npm fetches from on this machine, and whom it trusts: mounted for the build, in no layer of the image. Their
# paths are those of the build's container, where npm runs as root.
touch "$settings_dir/npmrc"
[ -f "$HOME/.npmrc" ] && cat "$HOME/.npmrc" >>"$settings_dir/npmrc"
printf '\ncafile=/run/authorities.pem\n' >>"$settings_dir/npmrc"
cp "${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}" "$settings_dir/authorities.pem"

buildah bud --quiet --format docker --isolation chroot --network host --pull-never --layers --target "$target" --build-arg "BASE_IMAGE=$base" \
  --volume "$settings_dir/npmrc:/root/.npmrc:ro" --volume "$settings_dir/authorities.pem:/run/authorities.pem:ro" \
  --tag "$image" "$root_dir" >/dev/null
buildah images --format '{{.Name}} {{.Size}}' "$image"
