#!/usr/bin/env bash
# Everything but tests: format, lint, types, import rules, templates, spelling. Runs all, then says what failed.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh

failed=()

check() {
    local name=$1
    shift
    step "$name"
    "$@" || failed+=("$name")
}

tools/setup.sh --tests || exit 1
check "Format (ruff)" .venv/bin/ruff format --check .
check "Lint (ruff)" .venv/bin/ruff check .
check "Types (mypy)" .venv/bin/mypy
check "Import rules (import-linter)" .venv/bin/lint-imports
check "Templates (djlint)" .venv/bin/djlint templates --lint --quiet
check "Spelling (codespell)" .venv/bin/codespell

[ ${#failed[@]} -eq 0 ] || refuse "Failed: $(printf '%s, ' "${failed[@]}" | sed 's/, $//'). 'make fmt' mends the format and much of the lint."
step "All checks passed"
