#!/usr/bin/env bash
# Runs what an image of ours runs, without an engine: in a chroot of its files, read-only, as its user. Passes the
# environment on, and signals. Needs root and buildah.
#   PORT=8080 … scripts/image/run-image.sh localhost/iscoolgpt-api
set -euo pipefail

image="${1:?usage: $0 <image>}"
user=$(buildah inspect --type image --format '{{.OCIv1.Config.User}}' "$image")
command=$(buildah inspect --type image --format '{{range .OCIv1.Config.Cmd}}{{.}} {{end}}' "$image")
container=$(buildah from --pull-never "$image")
files=$(buildah mount "$container")

stop() { kill -TERM "$running" 2>/dev/null || true; }
clean() { buildah rm "$container" >/dev/null; }
trap clean EXIT
trap stop TERM INT

enter() {
  mount --bind "$files" "$files"
  mount -o remount,bind,ro "$files"
  mount -t proc proc "$files/proc"
  # The words of the command are ours, and hold no blanks.
  # shellcheck disable=SC2086
  exec chroot --userspec="$user" "$files" $command
}
export files user command
export -f enter
# In a mount namespace of its own: the read-only view is gone with the process.
unshare --mount bash -ec enter &
running=$!
# A signal interrupts the first wait; the second one is for the end that it brings about.
wait "$running" || true
wait "$running"
