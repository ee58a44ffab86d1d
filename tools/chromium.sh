# Finds the browser that the journeys drive, or installs one. Sourced after words.sh and apt.sh, not run.

# Leaves the path of a working Chromium in EVENTSYS_CHROMIUM.
ensure_chromium() {
    if [ -n "${EVENTSYS_CHROMIUM:-}" ]; then
        answers "$EVENTSYS_CHROMIUM" ||
            refuse "EVENTSYS_CHROMIUM=$EVENTSYS_CHROMIUM does not start: let it name a Chromium or Chrome that does, or unset it."
    elif ! find_chromium && ! { apt_install "A test in a browser" chromium && find_chromium; }; then
        refuse "No working Chromium was found and apt gave none (Ubuntu's is only a pointer to a snap): install Google Chrome or Chromium, or set EVENTSYS_CHROMIUM to the path of one, then run the same command again."
    fi
    export EVENTSYS_CHROMIUM
}

find_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if answers "$name"; then
            EVENTSYS_CHROMIUM=$(command -v "$name")
            return 0
        fi
    done
    return 1
}

# Ubuntu's chromium-browser is a script that asks for a snap: it is there, but it does not answer.
answers() {
    timeout 30 "$1" --version </dev/null 2>/dev/null | grep -qiE '^(chromium|google chrome|headless)'
}
