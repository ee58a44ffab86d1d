# How the scripts speak: one line for a step, one sentence for what can't be had. Sourced, not run.

step() {
    printf '\033[1m==>\033[0m %s\n' "$*"
}

refuse() {
    printf '\n%s\n' "$*" >&2
    exit 1
}
