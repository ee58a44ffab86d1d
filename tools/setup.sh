#!/usr/bin/env bash
# Prepares everything that the program needs, once: packages, front end, settings, translations, database.
# Each step leaves a stamp of what it was made from, so that a second run does nothing.
#   tools/setup.sh            for running
#   tools/setup.sh --tests    for checks and tests too
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh
. tools/apt.sh

STAMPS=.venv/stamps
OLDEST="3.11"

main() {
    exec 9<tools/setup.sh # a second set-up at the same time waits for this one
    flock 9
    make_environment
    once packages "requirements/base.txt requirements/build.txt" install_packages base build
    if [ "${1:-}" = "--tests" ]; then
        once packages-for-tests "requirements/base.txt requirements/build.txt requirements/dev.txt" install_packages base build dev
    fi
    once front-end "$(front_end_sources)" build_front_end
    write_settings
    once translations "$(find translations -name '*.po' 2>/dev/null | sort)" compile_translations
    once database "$(find migrations -name '*.py' 2>/dev/null | sort) .env" upgrade_database
}

# once STEP "FILES" COMMAND...  Runs the command unless it already succeeded with these files in this place.
once() {
    local name=$1 files=$2 stamp
    shift 2
    stamp=$({ echo "$PWD ${DATABASE_URL:-} ${EVENTSYS_VAR:-}"; sha256sum $files </dev/null; } | sha256sum)
    if [ "$(cat "$STAMPS/$name" 2>/dev/null)" = "$stamp" ] && made "$name"; then
        return 0
    fi
    "$@"
    mkdir -p "$STAMPS"
    printf '%s\n' "$stamp" >"$STAMPS/$name"
}

# Whether what a step made is still there.
made() {
    case $1 in
        front-end) [ -f static/dist/manifest.json ] && [ -d vendor/fonts ] ;;
        database) [ -n "${DATABASE_URL:-}" ] || grep -qE '^(DATABASE_URL|EVENTSYS_VAR)=' .env || [ -f "${EVENTSYS_VAR:-var}/eventsys.sqlite3" ] ;;
        *) true ;;
    esac
}

make_environment() {
    if works "import sys" && [ "$(cat "$STAMPS/place" 2>/dev/null)" = "$PWD" ]; then
        return 0
    fi
    # An environment made by hand is kept; one that was moved or left half-made is made again.
    if [ -e "$STAMPS/place" ] || ! works "import pip"; then
        local python
        python=$(find_python)
        ensure_venv_module "$python"
        step "Making the virtual environment .venv with $("$python" --version)"
        rm -rf .venv
        quietly "$python" -m venv .venv ||
            refuse "The virtual environment could not be made: check that this folder is writable and the disk has room, then run the same command again."
    fi
    mkdir -p "$STAMPS"
    printf '%s\n' "$PWD" >"$STAMPS/place"
}

# Whether the environment's Python starts, is new enough and can do this.
works() {
    [ -x .venv/bin/python ] && .venv/bin/python -I -c "import sys; assert sys.version_info >= (3, 11); $1" 2>/dev/null
}

# The first Python that is new enough; $PYTHON names one to use instead.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    candidate=${PYTHON:-python3}
    refuse "Python $OLDEST or newer is needed, and $candidate is $("$candidate" --version 2>/dev/null || echo missing): install one, or name it with PYTHON=/path/to/python3.12, then run the same command again."
}

# Debian and Ubuntu keep the module that makes environments in a package of its own.
ensure_venv_module() {
    local python=$1 package
    "$python" -I -c 'import ensurepip, venv' 2>/dev/null && return 0
    package=$("$python" -I -S -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    apt_install "The virtual environment" "$package" && "$python" -I -c 'import ensurepip, venv' 2>/dev/null ||
        refuse "The system package '$package' could not be installed by apt: check the network, or install it yourself, then run the same command again."
}

install_packages() {
    step "Installing Python packages ($*)"
    # Each group's pins carry hashes: whatever mirror serves them, it is the same file. They are complete, so nothing is
    # resolved anew: an older pip would take the newest release for a pin that a package names with an extra.
    quietly .venv/bin/python -m pip install --disable-pip-version-check --no-input --retries 2 --require-hashes --no-deps \
        $(printf -- '--requirement requirements/%s.txt ' "$@") ||
        refuse "The Python packages could not be fetched: check the network (a mirror can be named with PIP_INDEX_URL), then run the same command again."
}

front_end_sources() {
    find package.json package-lock.json .npmrc tools/build_frontend.py tools/compress.mjs static \
        -path static/dist -prune -o -type f -print | sort
}

build_front_end() {
    step "Building the front end"
    .venv/bin/python tools/build_frontend.py >/dev/null || exit 1 # it says itself what to do
}

write_settings() {
    [ -e .env ] && return 0
    step "Writing local settings to .env"
    printf 'EVENTSYS_MODE=demo\n' >.env
}

compile_translations() {
    [ -n "$(find translations -name '*.po' 2>/dev/null)" ] || return 0
    step "Compiling translations"
    quietly .venv/bin/pybabel compile --directory translations ||
        refuse "A translation could not be compiled: read the lines above and correct the file that they name."
}

upgrade_database() {
    step "Bringing the database up to date"
    quietly .venv/bin/flask db upgrade ||
        refuse "The database could not be brought up to date: read the lines above, and check DATABASE_URL if you set it."
}

main "$@"
