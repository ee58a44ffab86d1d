#!/usr/bin/env bash
# Runs every benchmark. Each prints ratios against a yardstick that it measures in the same run.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh

failed=()
shopt -s nullglob
for benchmark in benchmarks/bench_*.py; do
    step "$benchmark"
    .venv/bin/python "$benchmark" || failed+=("$benchmark")
done
[ ${#failed[@]} -eq 0 ] || refuse "Failed: ${failed[*]}."
