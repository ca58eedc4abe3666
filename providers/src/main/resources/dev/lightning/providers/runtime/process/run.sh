#!/bin/sh
# Runs one program apart from whoever started it: run.sh FOLDER LIFETIME_SECONDS OUTPUT_BYTES MEMORY_BYTES PROGRAM...
# Whoever makes "started" first runs the program; "ended" says how that went. Both appear whole or not at all.
lightning_folder=$1 lightning_lifetime=$2 lightning_output=$3 lightning_memory=$4
shift 4
# The program's own PATH is for the program.
lightning_path=$PATH
PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/opt/homebrew/bin
lightning_setsid=$(command -v setsid)
umask 077
cd "$lightning_folder" || exit 1

# What tells a process from a later one with the same number.
birth_of() {
    if [ -r "/proc/$1/stat" ]; then
        echo "$(cat /proc/sys/kernel/random/boot_id):$(sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f20)"
    else
        TZ=UTC LC_ALL=C ps -o lstart= -p "$1" | tr -s ' ' | sed 's/^ //; s/ $//'
    fi
}

# Keeps the first bytes and the last MiB and reads what is between, for a program must not die of what it says.
# dd takes what is there and no byte more than it hands on, so that nothing is lost where the beginning is full.
bounded() {
    lightning_kept=0
    while [ "$lightning_kept" -lt "$lightning_output" ]; do
        lightning_room=$((lightning_output - lightning_kept))
        if [ "$lightning_room" -ge 65536 ]; then
            dd bs=65536 count=$((lightning_room / 65536)) >>"$1" 2>/dev/null
        else
            dd bs="$lightning_room" count=1 >>"$1" 2>/dev/null
        fi || unkept "$1"
        lightning_size=$(($(wc -c <"$1")))
        if [ "$lightning_size" = "$lightning_kept" ]; then return; fi
        lightning_kept=$lightning_size
    done
    mkfifo "$1.rest"
    wc -c <"$1.rest" >"$1.count" &
    tee "$1.rest" | tail -c 1048576 >"$1.end"
    wait "$!"
    lightning_gap=$(($(cat "$1.count") - $(wc -c <"$1.end")))
    # As OutputMarks says it.
    if [ "$lightning_gap" -gt 0 ]; then printf '\n[... %s bytes left out ...]\n' "$lightning_gap" >>"$1"; fi
    cat "$1.end" >>"$1"
    rm -f "$1.rest" "$1.count" "$1.end"
}

# The disk has no room: the rest is read all the same, and about how much is missing is said as soon as there is room.
unkept() {
    lightning_gap=$(($(wc -c)))
    trap '' TERM
    until printf '\n[... %s bytes left out ...]\n' "$lightning_gap" >>"$1"; do sleep 1; done 2>/dev/null
}

kill_program() { kill -s KILL -- "-$lightning_program" 2>/dev/null || kill -s KILL "$lightning_program" 2>/dev/null; }

# The keeper may be gone by then, and the number be another's.
overdue() { if [ "$(birth_of "$lightning_program")" = "$lightning_birth" ]; then kill_program; fi; }

# Does something after some seconds, unless it is ended before.
after() {
    trap 'kill "$!" 2>/dev/null; exit 0' TERM
    sleep "$1" &
    shift
    wait "$!"
    "$@"
}

echo "$$ $(birth_of $$)" >"started.$$"
ln "started.$$" started 2>/dev/null
lightning_first=$?
rm -f "started.$$"
if [ "$lightning_first" != 0 ]; then exit 0; fi

mkfifo stdout.pipe stderr.pipe
bounded stdout <stdout.pipe &
lightning_reader=$!
bounded stderr <stderr.pipe &
lightning_other_reader=$!
exec 3>stdout.pipe 4>stderr.pipe
rm -f stdout.pipe stderr.pipe

(
    exec <event.json >&3 2>&4 3>&- 4>&-
    # Linux counts a process's private memory here; other systems may not know the limit.
    ulimit -d $((lightning_memory / 1024)) 2>/dev/null
    ulimit -c 0
    # Said before the program begins, so that it is found however soon its keeper is killed.
    lightning_own=$(exec sh -c 'echo "$PPID"')
    echo "$lightning_own $(birth_of "$lightning_own")" >program.own && mv program.own program
    if [ -e ended ]; then exit 0; fi
    umask 022
    cd work || exit 1
    if [ -d workspace ]; then cd workspace || exit 1; fi
    # In a session and so a process group of its own, under the same number.
    if [ -n "$lightning_setsid" ]; then
        PATH=$lightning_path
        exec "$lightning_setsid" "$@"
    fi
    lightning_perl=$(command -v perl)
    PATH=$lightning_path
    exec "$lightning_perl" -e 'use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127' "$@"
) &
lightning_program=$!
exec 3>&- 4>&-
lightning_birth=$(birth_of "$lightning_program")
echo "$lightning_program $lightning_birth" >program.new && mv program.new program
if [ -e stopped ]; then kill_program; fi

after "$lightning_lifetime" overdue &
lightning_watchdog=$!
wait "$lightning_program"
lightning_code=$?
kill -s KILL -- "-$lightning_program" 2>/dev/null
kill -s TERM "$lightning_watchdog" 2>/dev/null

# A child that has left the group may keep the pipes open; the run does not wait for it.
after 5 kill "$lightning_reader" "$lightning_other_reader" 2>/dev/null &
lightning_watchdog=$!
wait "$lightning_reader" "$lightning_other_reader"
kill -s TERM "$lightning_watchdog" 2>/dev/null

until echo "$lightning_code" >"ended.$$"; do sleep 1; done 2>/dev/null
ln "ended.$$" ended 2>/dev/null
rm -f "ended.$$"
