# System packages by apt, as root or with sudo. Sourced after words.sh, not run.

# apt_install WHAT-FOR PACKAGE...  Returns 1 when apt could not; refuses when it may not even try.
apt_install() {
    local purpose=$1 as_root=()
    shift
    command -v apt-get >/dev/null ||
        refuse "$purpose needs the system packages '$*', and this machine has no apt-get: install them its own way, then run the same command again."
    if [ "$(id -u)" -ne 0 ]; then
        may_install ||
            refuse "$purpose needs the system packages '$*', and this account may not install them: ask an administrator to run 'apt-get install $*', then run the same command again."
        as_root=(sudo)
    fi
    step "Installing system packages: $*"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >/dev/null 2>&1 || true
    quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# Whether this is root, or sudo would let us: without a question, or with one that a person can answer.
may_install() {
    [ "$(id -u)" -eq 0 ] && return 0
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null && return 0
    [ -t 0 ] && [ -z "${CI:-}" ] && sudo -v
}
