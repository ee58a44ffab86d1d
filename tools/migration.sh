#!/usr/bin/env bash
# Writes the next numbered migration from what the models say:  make migration m="add boards"
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh

message=${1:-}
[ -n "$message" ] || refuse "Say what the migration does, for example: make migration m=\"add boards\""
last=$(tail -n 1 migrations/HEAD 2>/dev/null || echo 0000)
next=$(printf '%04d' $((10#$last + 1)))
.venv/bin/flask db upgrade
.venv/bin/flask db migrate --rev-id "$next" --message "$message"
printf '%s\n' "$next" >migrations/HEAD
step "Read the new file in migrations/versions/ before you commit it"
