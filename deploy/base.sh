#!/bin/sh
# Makes the base of the container of Debian's packages, without a registry of images and without a daemon, as an image that
# buildah knows: `deploy/base.sh NAME`. Wants buildah and mmdebstrap, and root or a user with subordinate ids.
set -eu
tree=$(mktemp)
trap 'rm -f "$tree"' EXIT
mmdebstrap --quiet --variant=minbase --format=tar \
    --include=python3,python3-venv,ca-certificates,libseccomp2,binutils "${SUITE:-trixie}" "$tree"
base=$(buildah from scratch)
buildah add --quiet "$base" "$tree" / >/dev/null
buildah config --env PATH=/usr/local/bin:/usr/bin:/usr/sbin --env LANG=C.UTF-8 "$base"
buildah commit --quiet --rm "$base" "$1"
