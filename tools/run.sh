#!/usr/bin/env bash
# Starts the program on this machine: website, job worker and example festival.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh

export HOST=${HOST:-127.0.0.1} PORT=${PORT:-5000}
tools/setup.sh
.venv/bin/python -I -S tools/try_port.py "$HOST" "$PORT" || exit 1
exec .venv/bin/flask demo serve
