# How the scripts speak: a line for each step, one sentence for what can't be had. Sourced, not run.

step() {
    printf '==> %s\n' "$*"
}

# Ends the script with a sentence that says what to do.
refuse() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Runs a command whose output matters only when it fails; then its last lines are shown.
quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    tail -n 10 "$log" | sed 's/^/    /' >&2
    rm -f "$log"
    return 1
}
