#!/usr/bin/env bash
# Makes a base image without any container registry: Debian's smallest system by debootstrap, the Node that npm ci
# installed here, and npm. Needs root, debootstrap and buildah (apt-get install debootstrap buildah).
#   scripts/image/make-base.sh localhost/iscoolgpt-base
set -euo pipefail

image="${1:?usage: $0 <image name>}"
root_dir=$(cd "$(dirname "$0")/../.." && pwd)
node="$root_dir/node_modules/node/bin/node"
npm_dir=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
[ -x "$node" ] || { echo "$node is missing: run npm ci" >&2; exit 69; }

system_dir=$(mktemp -d)
trap 'rm -rf "$system_dir"' EXIT
debootstrap --variant=minbase --include=ca-certificates bookworm "$system_dir" >/dev/null
# What building needed and running does not.
rm -rf "$system_dir"/var/cache/apt "$system_dir"/var/lib/apt/lists "$system_dir"/usr/share/{doc,man,locale}

container=$(buildah from scratch)
buildah add --quiet "$container" "$system_dir" / >/dev/null
buildah add --quiet --chmod 755 "$container" "$node" /usr/local/bin/node >/dev/null
buildah add --quiet "$container" "$npm_dir" /usr/local/lib/node_modules/npm >/dev/null
buildah run --isolation chroot "$container" -- sh -c \
  'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx'
buildah commit --quiet --rm "$container" "$image" >/dev/null
echo "$image"
