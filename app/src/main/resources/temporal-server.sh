#!/bin/sh
# Written by Lightning at each start; do not edit. Runs the Temporal server in a session of its own, so that Ctrl-C
# reaches Lightning first, and ends it when Lightning is gone, however that happened: the pipe on standard input then ends.
if [ "${LIGHTNING_OWN_SESSION:-}" != yes ]; then
    export LIGHTNING_OWN_SESSION=yes
    if command -v setsid >/dev/null 2>&1; then exec setsid "$0" "$@"; fi
    if command -v perl >/dev/null 2>&1; then exec perl -e 'use POSIX; POSIX::setsid(); exec @ARGV' "$0" "$@"; fi
fi
unset LIGHTNING_OWN_SESSION
# Its database holds what users sent.
umask 077
# One developer's machine: rather collect often than grow.
export GOMEMLIMIT="${GOMEMLIMIT:-192MiB}" GOGC="${GOGC:-75}"
exec 3<&0 </dev/null
@BINARY@ "$@" 3<&- &
server=$!
echo "$$ $server" >@PIDS@

# Ends the server: $1 tenths of a second to do it nicely.
end() {
    kill -TERM "$server" 2>/dev/null
    left=$1
    while [ "$left" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
        sleep 0.1
        left=$((left - 1))
    done
    kill -KILL "$server" 2>/dev/null
}

{
    read -r _ <&3
    end 7
} &
watcher=$!
trap 'end 80' TERM
trap '' INT HUP
wait "$server"
code=$?
while kill -0 "$server" 2>/dev/null; do
    wait "$server"
    code=$?
done
kill "$watcher" 2>/dev/null
rm -f @PIDS@
exit "$code"
