#!/bin/sh
# Carries one run on a machine, from every boot on until the run is over; then it switches the machine off, unless it was
# told by LIGHTNING_AGAIN that the machine serves again, and the run was reported.
# It is root; the program is nobody, and sees neither the links nor the agent's files.
set -u
umask 022
LC_ALL=C
export LC_ALL

lightning_home=/var/lib/lightning
# shellcheck source=/dev/null
. "$lightning_home/user.sh"
# shellcheck source=/dev/null
. "$lightning_home/run.env"

agent() { /bin/sh "$lightning_home/agent.sh" "$@"; }

uptime_now() { cut -d' ' -f1 /proc/uptime; }

memory_kills() { sed -n 's/^oom_kill //p' /proc/vmstat; }

# The end of all of it, whatever hangs; five minutes are for the report.
limit_life() {
    if ! [ -s "$LIGHTNING_STATE/deadline" ]; then echo $(($(now) + LIGHTNING_LIFETIME)) >"$LIGHTNING_STATE/deadline"; fi
    lightning_deadline=$(cat "$LIGHTNING_STATE/deadline")
    lightning_left=$((lightning_deadline - $(now) + 300))
    if [ "$lightning_left" -lt 0 ]; then lightning_left=0; fi
    (
        sleep "$lightning_left" &
        trap 'kill "$!"; exit 0' TERM
        wait "$!"
        off
    ) &
    lightning_life=$!
    shutdown -P +$((lightning_left / 60 + 5)) >/dev/null 2>&1
}

unlimit_life() {
    kill "$lightning_life"
    shutdown -c >/dev/null 2>&1
}

fetch() {
    if ! [ -e "$LIGHTNING_SHARED/fetched" ]; then
        agent fetch || return 1
        chmod 755 "$LIGHTNING_SHARED"
    fi
    if ! [ -s "$LIGHTNING_SHARED/job" ]; then
        (umask 077 && agent job "$LIGHTNING_STATE/job") || return 1
        chown "$lightning_user:$lightning_user" "$LIGHTNING_STATE/job"
        mv "$LIGHTNING_STATE/job" "$LIGHTNING_SHARED/job"
    fi
}

watch() {
    while sleep 1; do
        if [ -e "$LIGHTNING_SHARED/stop" ] || [ "$(now)" -ge "$lightning_deadline" ]; then end_program; fi
    done
}

limit_processes() { ulimit -p "$LIGHTNING_PIDS" 2>/dev/null || ulimit -u "$LIGHTNING_PIDS" 2>/dev/null; }

# The ends of the pipes stay open until it is written down how the program ended.
carry() {
    exec 3>"$LIGHTNING_SHARED/stdout.pipe" 4>"$LIGHTNING_SHARED/stderr.pipe"
    lightning_code=137 lightning_memory=-
    lightning_kills=$(memory_kills)
    if ! [ -e "$LIGHTNING_SHARED/stop" ]; then
        uptime_now >"$LIGHTNING_SHARED/started"
        (
            limit_processes
            as_program /bin/sh "$LIGHTNING_SHARED/job"
        ) <"$LIGHTNING_SHARED/event.json" >&3 2>&4 3>&- 4>&- &
        lightning_program=$!
        watch 3>&- 4>&- &
        lightning_watch=$!
        wait "$lightning_program"
        lightning_code=$?
        kill "$lightning_watch"
        end_program
    fi
    if [ "$lightning_code" = 137 ] && [ "$(memory_kills)" != "$lightning_kills" ]; then lightning_memory=oom; fi
    echo "$lightning_code $(uptime_now) $lightning_memory" >"$LIGHTNING_SHARED/exit"
}

mkdir -p "$LIGHTNING_STATE"
chmod 700 "$LIGHTNING_STATE"
if [ -e "$LIGHTNING_STATE/over" ]; then
    off
    exit 0
fi
# The clock of an earlier boot says nothing.
rm -f "$LIGHTNING_STATE/offset"
limit_life
lightning_carried=no
if fetch; then
    agent keep &
    agent report &
    lightning_report=$!
    if ! [ -e "$LIGHTNING_SHARED/exit" ]; then (carry); fi
    if wait "$lightning_report"; then lightning_carried=yes; fi
fi
: >"$LIGHTNING_STATE/over"
if [ "$lightning_carried" = yes ] && [ -n "${LIGHTNING_AGAIN:-}" ]; then
    unlimit_life
    exit 0
fi
off
exit 1
