#!/bin/sh
# Runs a published galatent where there is nothing else: in a root that holds the file and the C and C++ libraries (as root), or with an
# empty environment (where that is not allowed). It simulates, trains, analyses, draws and explores.
#
#   eng/try-standalone.sh FILE
set -eu
file=$(realpath "$1")
root=$(mktemp -d)
trap 'umount "$root/proc" 2> /dev/null || true; rm -rf --one-file-system "$root"' EXIT
mkdir "$root/tmp" "$root/home"
cp "$file" "$root/galatent"

chroot=$(PATH=$PATH:/usr/sbin:/sbin; command -v chroot || true)
mkdir "$root/dev" "$root/proc"
# .NET reads /proc, and the explorer /dev/urandom, as every container has them.
if [ "$(id -u)" = 0 ] && [ -n "$chroot" ] && mount -t proc proc "$root/proc" 2> /dev/null; then
    mknod -m 644 "$root/dev/urandom" c 1 9
    # What the file itself asks the loader for, and the loader.
    for library in $(ldd "$file" | grep -o '/[^ ]*'); do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
    run() { env -i HOME=/home "$chroot" "$root" /galatent "$@"; }
    out=/home/run
else
    run() { env -i HOME="$root/home" "$root/galatent" "$@"; }
    out=$root/home/run
fi

run --version
run --help > /dev/null
run reproduce --out "$out" --count 120 --beta 0.3 --threads 2 > "$root/summary" 2> "$root/log" || { cat "$root/log" >&2; exit 1; }
report=$(find "$root/home" -name report.html)
grep -q '<svg\|<img' "$report"
echo "$(basename "$file") simulated, trained, analysed and reported without .NET: report of $(wc -c < "$report") bytes."

# The explorer's page, and an answer of its server.
run explore "$out" --no-browser > "$root/address" 2> "$root/log" &
explorer=$!
for _ in $(seq 100); do
    grep -q '#token=' "$root/address" "$root/log" && break
    sleep 0.1
done
address=$(grep -ho 'http://[^ ]*#token=[0-9a-f]*' "$root/address" "$root/log" | head -1)
if ! curl -sf "${address%%#*}" | grep -q '<title>' \
    || ! curl -sf -H "Authorization: Bearer ${address##*=}" "${address%%#*}api/run" | grep -q '"models"'; then
    echo "The explorer does not answer:" >&2
    cat "$root/log" >&2
    exit 1
fi
kill -TERM "$explorer" 2> /dev/null || true
wait "$explorer" || true
echo "The explorer answers."

if run train --data "$out/spectra.h5" --out "$out/gpu" --device cuda 2> "$root/log"; then
    echo "A device that is not there was accepted." >&2
    exit 1
fi
grep -q 'needs libtorch' "$root/log"
