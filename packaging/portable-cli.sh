#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# portable-cli.sh PROGRAM TARGET: packs emend-cli with the libraries it needs, for servers and cluster nodes where
# nothing can be installed. LibTorch is not in it (see emend-launcher.sh), nor is what belongs to the C library.
# shellcheck disable=SC2016 # $ORIGIN is for the dynamic linker, not for this shell
set -euo pipefail
program=$1 target=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=emend-cli-$("$program" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)-$(uname -m)

# Libraries of the C library and of LibTorch's folder come from the machine it runs on.
libraries() {
    ldd "$program" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' |
        grep -vE '/(libc|libm|libdl|libpthread|librt|libresolv|libutil|libgomp|ld-linux[^/]*)\.so|/torch/lib/|/nvidia/'
}

part=$(mktemp -d)
trap 'rm -rf "$part"' EXIT
out=$part/$folder
mkdir -p "$out/bin" "$out/lib" "$out/setup" "$out/share/emend" "$target"
install -s "$program" "$out/bin/emend-cli"
patchelf --force-rpath --set-rpath '$ORIGIN/../lib' "$out/bin/emend-cli"
cuda=$(dirname "$program")/emend_cuda.so
if [[ -f $cuda ]]; then # looked for beside the program
    install -s "$cuda" "$out/bin/"
    patchelf --remove-rpath "$out/bin/emend_cuda.so"
fi
for library in $(libraries); do
    install -m 644 "$library" "$out/lib/"
    patchelf --force-rpath --set-rpath '$ORIGIN' "$out/lib/${library##*/}"
done
install "$here/emend-launcher.sh" "$out/emend-cli"
install -m 644 "$here"/libtorch.py "$here"/libtorch-wheels*.txt "$out/setup/"
cp -r "$here/../resources/samples" "$out/share/emend/"
install -m 644 "$here/../LICENSE" "$out/"
mkdir "$out/licences"
for library in "$out"/lib/*; do # what each library's authors want to be said
    package=$(dpkg-query -S "*/${library##*/}" 2>/dev/null | head -n 1 | cut -d: -f1)
    [[ -z $package ]] || cp -L "/usr/share/doc/$package/copyright" "$out/licences/$package"
done
tar -C "$part" -c "$folder" | zstd -12 -T0 -q -f -o "$target/$folder.tar.zst"
echo "$target/$folder.tar.zst"
