#!/bin/sh
# Writes src/Galatent/PublicAPI.Unshipped.txt anew from the public members of the library: after a change of them, instead of by hand.
# What differs from before is then seen in the diff. With a release its lines move to PublicAPI.Shipped.txt.
set -eu
cd "$(dirname "$0")/.."
folder=src/Galatent
before=$(mktemp)
log=$(mktemp)
trap 'rm -f "$before" "$log"' EXIT
cp "$folder/PublicAPI.Unshipped.txt" "$before"
echo '#nullable enable' > "$folder/PublicAPI.Unshipped.txt"
if ! dotnet build "$folder" -c Release --no-incremental -p:TreatWarningsAsErrors=false > "$log"; then
    cp "$before" "$folder/PublicAPI.Unshipped.txt"
    grep 'error' "$log" | sort -u >&2
    exit 1
fi
sed -n "s/.*RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" "$log" |
    LC_ALL=C sort -u >> "$folder/PublicAPI.Unshipped.txt"
git diff --stat -- "$folder/PublicAPI.Unshipped.txt"
