#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the installed program of the same name with LibTorch: that of an installed Python torch of the right
# version, else one fetched once into the user's cache. A package carries no LibTorch (it is larger than 1 GB,
# and NVIDIA's part of it may not be passed on).
set -eu
launcher=$(readlink -f "$0")
home=$(dirname "$launcher")
libtorch=${EMEND_LIBTORCH:-$(python3 "$home/setup/libtorch.py" --installed-will-do)}
export LD_LIBRARY_PATH="$libtorch/torch/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$home/bin/$(basename "$launcher")" "$@"
