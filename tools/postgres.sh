#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, then stops and removes it:
#   tools/postgres.sh COMMAND...
# The server keeps its files in a private folder, listens on a free port of this machine alone, asks for a password
# made for this run, and forgets everything. The command finds it in EVENTSYS_TEST_POSTGRES_URL.
# With EVENTSYS_POSTGRES_DURABLE=1 it waits for the disk at every commit, as servers do: for benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh
. tools/apt.sh

home=""

main() {
    local port password speed="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    [ -z "${EVENTSYS_POSTGRES_DURABLE:-}" ] || speed=""
    find_programs || install_postgresql
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    make_home
    password=$(.venv/bin/python -I -c 'import secrets; print(secrets.token_hex(16))')
    port=$(start "$password")
    export EVENTSYS_TEST_POSTGRES_URL="postgresql+psycopg://eventsys:$password@127.0.0.1:$port/eventsys"
    "$@"
}

# Debian and Ubuntu keep each version's programs in a folder of its own; the newest is taken.
find_programs() {
    local initdb
    initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
    initdb=${initdb:-$(command -v initdb || true)}
    [ -n "$initdb" ] && programs=$(dirname "$initdb")
}

install_postgresql() {
    apt_install "A test on PostgreSQL" postgresql && find_programs ||
        refuse "PostgreSQL could not be installed by apt: check the network, or install the package 'postgresql' yourself, then run the same command again."
}

# PostgreSQL refuses to run as root, so root starts it as the user that its package made.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

make_home() {
    if [ "$(id -u)" -eq 0 ] && ! id postgres >/dev/null 2>&1; then
        refuse "PostgreSQL must not run as root and there is no user 'postgres': run 'adduser --system --group postgres', then run the same command again."
    fi
    home=$(as_server mktemp -d /tmp/eventsys-postgres.XXXXXX)
}

# start PASSWORD  Prints the port.
start() {
    local port attempt
    printf '%s\n' "$1" | as_server sh -c "umask 077; cat >'$home/password'"
    quietly as_server "$programs/initdb" --pgdata="$home/data" --username=eventsys --pwfile="$home/password" \
        --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync ||
        refuse "PostgreSQL could not make its files in /tmp: read the lines above, and check that the disk has room."
    for attempt in 1 2 3; do
        port=$(.venv/bin/python -I -S -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
        if as_server "$programs/pg_ctl" start --silent --wait --pgdata="$home/data" --log="$home/log" --options="-p $port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c timezone=UTC $speed" >/dev/null; then
            PGPASSWORD=$1 "$programs/createdb" --host=127.0.0.1 --port="$port" --username=eventsys eventsys
            echo "$port"
            return 0
        fi
    done
    as_server tail -n 15 "$home/log" | sed 's/^/    /' >&2
    refuse "PostgreSQL did not start: read the lines above."
}

stop() {
    [ -n "$home" ] || return 0
    as_server "$programs/pg_ctl" stop --silent --mode=immediate --pgdata="$home/data" >/dev/null 2>&1 || true
    as_server rm -rf "$home"
}

main "$@"
