#!/usr/bin/env bash
# Pins every package of requirements/*.in with its hashes. The pins name no host, so that any mirror can serve them.
# Versions that still fit are kept; `make lock UPGRADE=1` takes the newest.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh

for group in base build dev; do
    step "Pinning requirements/$group.txt"
    .venv/bin/uv --no-config pip compile --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --quiet --custom-compile-command "make lock" \
        ${UPGRADE:+--upgrade} "requirements/$group.in" --output-file "requirements/$group.txt" >/dev/null ||
        refuse "The packages could not be pinned: read the lines above, and check that this machine reaches its package index."
done
