#!/bin/sh
# Makes one self-contained file for each platform, and tries the one of this machine where there is no .NET.
#
#   eng/publish.sh [FOLDER]       default: artifacts/standalone
#
# Result: FOLDER/linux-x64/galatent, FOLDER/win-x64/galatent.exe, FOLDER/osx-arm64/galatent, at most 120 MB each.
# PLATFORMS="linux-x64" makes fewer.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-artifacts/standalone}
limit=120000000

for platform in ${PLATFORMS:-linux-x64 win-x64 osx-arm64}; do
    dotnet publish src/Galatent.App -c Release -r "$platform" -o "$folder/$platform" --nologo -v quiet
    file=$(ls "$folder/$platform"/galatent*)
    size=$(wc -c < "$file")
    echo "$file: $((size / 1000000)) MB"
    if [ "$size" -gt "$limit" ]; then
        echo "$file is larger than $((limit / 1000000)) MB." >&2
        exit 1
    fi
    others=$(find "$folder/$platform" -type f | wc -l)
    if [ "$others" -ne 1 ]; then
        echo "$folder/$platform holds $others files; it should be one." >&2
        exit 1
    fi
done

if [ "$(uname -sm)" = "Linux x86_64" ] && [ -f "$folder/linux-x64/galatent" ]; then
    eng/try-standalone.sh "$folder/linux-x64/galatent"
fi
