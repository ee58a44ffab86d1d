# Finds the browser that the journeys drive, or installs one. Sourced after words.sh and apt.sh, not run.

# Leaves the path of a working Chromium in EVENTSYS_CHROMIUM.
ensure_chromium() {
    if [ -n "${EVENTSYS_CHROMIUM:-}" ]; then
        answers "$EVENTSYS_CHROMIUM" ||
            refuse "EVENTSYS_CHROMIUM=$EVENTSYS_CHROMIUM does not start: let it name a Chromium or Chrome that does, or unset it."
    elif ! find_chromium && ! { install_chromium && find_chromium; }; then
        refuse "No Chromium was found and none could be installed: check the network, or install Google Chrome or Chromium yourself (and name it with EVENTSYS_CHROMIUM=/path/to/it, if it isn't found), then run the same command again."
    fi
    export EVENTSYS_CHROMIUM
}

find_chromium() {
    local candidate
    for candidate in chromium chromium-browser google-chrome google-chrome-stable playwrights_own; do
        [ "$candidate" != playwrights_own ] || candidate=$(playwrights_own)
        if answers "$candidate"; then
            EVENTSYS_CHROMIUM=$(command -v "$candidate")
            return 0
        fi
    done
    return 1
}

# Debian has the browser. Ubuntu's package is only a pointer to a snap, which a test may not drive: there Playwright
# fetches its own, and by apt the libraries that it needs.
install_chromium() {
    if [ -z "$(. /etc/os-release 2>/dev/null && [ "${ID:-}" = ubuntu ] && echo yes)" ]; then
        apt_install "A test in a browser" chromium
        return
    fi
    may_install || refuse "A test in a browser needs Chromium, and this account may not install its libraries: ask an administrator to install Google Chrome, then run the same command again."
    step "Fetching Chromium"
    apt_install "A test in a browser" libatomic1 && quietly .venv/bin/playwright install --with-deps chromium
}

playwrights_own() {
    .venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)' 2>/dev/null || true
}

# Ubuntu's chromium-browser is a script that asks for a snap: it is there, but it does not answer.
answers() {
    [ -n "$1" ] && timeout 30 "$1" --version </dev/null 2>/dev/null | grep -qiE '^(chromium|google chrome|headless)'
}
