#!/bin/sh
# Serves one run from beside its program, wherever that is: agent.sh fetch | keep | report | serve
#
#   fetch   before the program: makes its folders and pipes, brings its input and its workspace
#   job     before the program, on a machine: brings what to run into the file that is named next
#   keep    reads the program's pipes into files, of which it keeps the beginning and the last MiB
#   report  hands over what is in these files, then the output directory, and last how the run ended
#   serve   keep and report
#
# Each may be started again after it was ended at any moment, also on a machine that has started anew.
# It is told by its environment:
#
#   LIGHTNING_SHARED        a folder that the program has too: event.json, stdout.pipe, stderr.pipe; started, exit, stop
#   LIGHTNING_WORK          the program's work directory; LIGHTNING_WORK/out is what it leaves
#   LIGHTNING_STATE         a folder that the program does not have
#   LIGHTNING_OUTPUT_BYTES  how much of each channel is kept, and of the files together
#   LIGHTNING_LINK_INPUT, _WORKSPACE (may be empty), _STDOUT, _STDERR, _FILES, _STARTED, _END, _STOP
#
# Needs curl, a tar that knows -T, and the small programs of busybox or coreutils.
set -u
umask 022
LC_ALL=C
export LC_ALL
unset POSIXLY_CORRECT

lightning_block=4194304
lightning_end=1048576

say() { echo "lightning: $*" >&2; }

size_of() { stat -c %s "$1" 2>/dev/null || echo 0; }

# Asks for a link and says the status, 000 without an answer. Links go by standard input: arguments can be seen by others.
ask() {
    lightning_link=$1
    shift
    printf 'url = "%s"\n' "$lightning_link" |
        curl -K - --silent --connect-timeout 10 --max-time 900 -H 'Expect:' \
            -o "$LIGHTNING_STATE/answer" -w '%{http_code}' "$@" 2>/dev/null || :
}

# Tries until the answer is one of these: again "CODE..." LINK ARGUMENTS... What is forbidden or gone will stay so.
again() {
    lightning_wanted=$1
    shift
    lightning_pause=1
    while :; do
        lightning_status=$(ask "$@")
        case " $lightning_wanted " in *" $lightning_status "*) return 0 ;; esac
        case $lightning_status in
            400 | 401 | 403 | 404 | 409 | 411 | 413) say "refused with $lightning_status"; return 1 ;;
        esac
        say "no luck ($lightning_status), again in $lightning_pause s"
        sleep "$lightning_pause"
        if [ "$lightning_pause" -lt 30 ]; then lightning_pause=$((lightning_pause * 2)); fi
    done
}

put() { again 201 "$1" -T "$2" -H 'x-ms-blob-type: BlockBlob'; }

fetch() {
    mkdir -p "$LIGHTNING_SHARED" "$LIGHTNING_WORK/out" "$LIGHTNING_STATE"
    chmod 777 "$LIGHTNING_SHARED" "$LIGHTNING_WORK" "$LIGHTNING_WORK/out"
    if [ -e "$LIGHTNING_SHARED/fetched" ]; then return 0; fi
    # Without its folders it is on another machine than before, and whoever ordered it decides whether it may run twice.
    if [ "$(ask "$LIGHTNING_LINK_STARTED" --head)" = 200 ]; then
        say "the program has begun before"
        return 1
    fi
    again 200 "$LIGHTNING_LINK_INPUT" || return 1
    cat "$LIGHTNING_STATE/answer" >"$LIGHTNING_SHARED/event.json" || return 1
    if [ -n "$LIGHTNING_LINK_WORKSPACE" ]; then
        again 200 "$LIGHTNING_LINK_WORKSPACE" || return 1
        rm -rf "$LIGHTNING_WORK/workspace"
        tar -xf "$LIGHTNING_STATE/answer" -C "$LIGHTNING_WORK" || return 1
        chmod -R a+rwX "$LIGHTNING_WORK/workspace" 2>/dev/null
    fi
    rm -f "$LIGHTNING_STATE/answer"
    for lightning_pipe in stdout.pipe stderr.pipe; do
        if ! [ -p "$LIGHTNING_SHARED/$lightning_pipe" ]; then mkfifo -m 666 "$LIGHTNING_SHARED/$lightning_pipe" || return 1; fi
    done
    : >"$LIGHTNING_SHARED/fetched"
}

# Brings what a machine is to run into a file.
job() {
    again 200 "$LIGHTNING_LINK_JOB" || return 1
    cat "$LIGHTNING_STATE/answer" >"$1" || return 1
    rm -f "$LIGHTNING_STATE/answer"
}

# dd takes what is there and no byte more than it hands on, so that nothing is lost where the beginning is full.
keep_channel() {
    while :; do
        lightning_before=$(size_of "$LIGHTNING_STATE/$1")
        if [ "$lightning_before" -ge "$LIGHTNING_OUTPUT_BYTES" ]; then break; fi
        lightning_room=$((LIGHTNING_OUTPUT_BYTES - lightning_before))
        if [ "$lightning_room" -ge 65536 ]; then
            dd bs=65536 count=$((lightning_room / 65536)) >>"$LIGHTNING_STATE/$1" 2>/dev/null
        else
            dd bs="$lightning_room" count=1 >>"$LIGHTNING_STATE/$1" 2>/dev/null
        fi
        if [ "$(size_of "$LIGHTNING_STATE/$1")" = "$lightning_before" ]; then return 0; fi
    done
    rm -f "$LIGHTNING_STATE/$1.rest"
    mkfifo "$LIGHTNING_STATE/$1.rest"
    wc -c <"$LIGHTNING_STATE/$1.rest" >"$LIGHTNING_STATE/$1.count" &
    tee "$LIGHTNING_STATE/$1.rest" | tail -c "$lightning_end" >"$LIGHTNING_STATE/$1.last"
    wait "$!"
    lightning_gap=$(($(cat "$LIGHTNING_STATE/$1.count") - $(size_of "$LIGHTNING_STATE/$1.last")))
    # As OutputMarks says it.
    if [ "$lightning_gap" -gt 0 ]; then
        printf '\n[... %s bytes left out ...]\n' "$lightning_gap" >>"$LIGHTNING_STATE/$1"
    fi
    cat "$LIGHTNING_STATE/$1.last" >>"$LIGHTNING_STATE/$1"
    rm -f "$LIGHTNING_STATE/$1.rest" "$LIGHTNING_STATE/$1.count" "$LIGHTNING_STATE/$1.last"
}

keep() {
    mkdir -p "$LIGHTNING_STATE"
    if [ -e "$LIGHTNING_STATE/kept" ]; then return 0; fi
    keep_channel stdout <"$LIGHTNING_SHARED/stdout.pipe" &
    lightning_stdout=$!
    keep_channel stderr <"$LIGHTNING_SHARED/stderr.pipe" &
    wait "$lightning_stdout" "$!"
    : >"$LIGHTNING_STATE/kept"
}

# How much of a channel has arrived, which only the other side knows for sure.
learn_position() {
    case $(ask "$2" --head) in
        200) ;;
        403 | 404) lightning_gone=$((lightning_gone + 1)); return 1 ;;
        *) return 1 ;;
    esac
    sed -n 's/^[Cc]ontent-[Ll]ength: *\([0-9]*\).*/\1/p' "$LIGHTNING_STATE/answer" >"$LIGHTNING_STATE/$1.at"
    lightning_known=$(sed -n 's/^[Xx]-[Mm]s-[Bb]lob-[Cc]ommitted-[Bb]lock-[Cc]ount: *\([0-9]*\).*/\1/p' "$LIGHTNING_STATE/answer")
    lightning_blocks=$((lightning_blocks + ${lightning_known:-0}))
    [ -s "$LIGHTNING_STATE/$1.at" ]
}

# Appends the next block of a channel. Says in lightning_news whether there was one; fails when it could not be handed over.
# A block goes to its position or nowhere, so that one whose answer was lost is not there twice.
push() {
    lightning_news=no
    if ! [ -s "$LIGHTNING_STATE/$1.at" ]; then learn_position "$1" "$2" || return 1; fi
    lightning_at=$(cat "$LIGHTNING_STATE/$1.at")
    if [ "$(size_of "$LIGHTNING_STATE/$1")" -le "$lightning_at" ]; then return 0; fi
    # Nobody is to hear a program that has not begun.
    tell_start
    dd if="$LIGHTNING_STATE/$1" of="$LIGHTNING_STATE/block" bs=65536 count=$((lightning_block / 65536)) \
        iflag=skip_bytes skip="$lightning_at" 2>/dev/null
    lightning_size=$(size_of "$LIGHTNING_STATE/block")
    case $(ask "$2&comp=appendblock" -T "$LIGHTNING_STATE/block" -H "x-ms-blob-condition-appendpos: $lightning_at") in
        201)
            echo $((lightning_at + lightning_size)) >"$LIGHTNING_STATE/$1.at"
            lightning_blocks=$((lightning_blocks + 1))
            lightning_news=yes
            ;;
        412) rm -f "$LIGHTNING_STATE/$1.at"; return 1 ;;
        403 | 404) lightning_gone=$((lightning_gone + 1)); return 1 ;;
        *) return 1 ;;
    esac
}

push_both() {
    for lightning_channel in stdout stderr; do
        case $lightning_channel in
            stdout) push stdout "$LIGHTNING_LINK_STDOUT" || lightning_failed=yes ;;
            stderr) push stderr "$LIGHTNING_LINK_STDERR" || lightning_failed=yes ;;
        esac
        if [ "$lightning_news" = yes ]; then
            lightning_more=yes
            if [ "$lightning_size" -ge "$lightning_block" ]; then lightning_full=yes; fi
        fi
    done
}

# An append blob has 50,000 blocks: the pause grows with those that are used, and two channels last for more than 10 days.
pause() {
    if [ "$lightning_blocks" -lt 20000 ]; then echo 1
    elif [ "$lightning_blocks" -lt 40000 ]; then echo 5
    elif [ "$lightning_blocks" -lt 90000 ]; then echo 30
    else echo 900
    fi
}

# Hundredths of a second since 1970 of an uptime as /proc/uptime has it: the program's shell may have no clock.
clock_of() {
    if [ ! -s "$LIGHTNING_STATE/offset" ]; then
        echo $(($(date +%s) * 100 - $(hundredths "$(uptime_now)"))) >"$LIGHTNING_STATE/offset"
    fi
    lightning_hundredths=$(($(cat "$LIGHTNING_STATE/offset") + $(hundredths "$1")))
    printf '%d.%02d' $((lightning_hundredths / 100)) $((lightning_hundredths % 100))
}

uptime_now() { cut -d' ' -f1 /proc/uptime; }

hundredths() { echo "$1" | tr -d . | sed 's/^0*\([0-9]\)/\1/'; }

is_uptime() { echo "$1" | grep -Eq '^[0-9]+\.[0-9][0-9]$'; }

# Says that the program runs, once.
tell_start() {
    if [ -e "$LIGHTNING_STATE/told" ] || ! [ -f "$LIGHTNING_SHARED/started" ]; then return 0; fi
    lightning_up=$(head -c 100 "$LIGHTNING_SHARED/started")
    is_uptime "$lightning_up" || return 0
    clock_of "$lightning_up" >"$LIGHTNING_STATE/start"
    if [ "$(ask "$LIGHTNING_LINK_STARTED" -T "$LIGHTNING_STATE/start" -H 'x-ms-blob-type: BlockBlob')" = 201 ]; then
        : >"$LIGHTNING_STATE/told"
    fi
}

hear_stop() {
    if [ -e "$LIGHTNING_SHARED/stop" ]; then return 0; fi
    if [ "$(ask "$LIGHTNING_LINK_STOP" --head)" = 200 ]; then : >"$LIGHTNING_SHARED/stop"; fi
}

# The regular files of the output directory in the order of their names: each that fits into what is left. Says in
# left_out how many did not; of several links to one file the first counts, as for every runtime.
choose_files() {
    if [ -L "$LIGHTNING_WORK/out" ] || ! [ -d "$LIGHTNING_WORK/out" ]; then return 0; fi
    cd "$LIGHTNING_WORK/out" || return 0
    find . -type f ! -name '*
*' -exec stat -c '%s %h:%d:%i %n' {} + | sort -k 3 | {
        lightning_left=$LIGHTNING_OUTPUT_BYTES lightning_left_out=0 lightning_links=' '
        while IFS= read -r lightning_line; do
            lightning_size=${lightning_line%% *}
            lightning_line=${lightning_line#* }
            lightning_link=${lightning_line%% *}
            case $lightning_link in
                1:*) ;;
                *)
                    case $lightning_links in *" $lightning_link "*) continue ;; esac
                    lightning_links="$lightning_links$lightning_link "
                    ;;
            esac
            if [ "$lightning_size" -gt "$lightning_left" ]; then
                lightning_left_out=$((lightning_left_out + 1))
                continue
            fi
            lightning_left=$((lightning_left - lightning_size))
            printf '%s\n' "${lightning_line#* }"
        done
        echo "$lightning_left_out" >"$LIGHTNING_STATE/left_out"
    }
}

tell_files() {
    (choose_files) >"$LIGHTNING_STATE/files" 2>/dev/null
    if ! [ -s "$LIGHTNING_STATE/files" ]; then return 0; fi
    tar -cf "$LIGHTNING_STATE/files.tar" -C "$LIGHTNING_WORK/out" -T "$LIGHTNING_STATE/files" ||
        say "not every file of the output directory could be read"
    if ! [ -f "$LIGHTNING_STATE/files.tar" ]; then return 0; fi
    put "$LIGHTNING_LINK_FILES" "$LIGHTNING_STATE/files.tar" || say "the files could not be handed over"
    rm -f "$LIGHTNING_STATE/files.tar"
}

# What the program's shell has written down; a run that was ended with its shell has ended as if killed.
tell_end() {
    lightning_code=137 lightning_up='' lightning_memory=''
    if [ -f "$LIGHTNING_SHARED/exit" ]; then
        lightning_said=$(head -c 100 "$LIGHTNING_SHARED/exit")
        if echo "$lightning_said" | grep -Eq '^[0-9]{1,3} [0-9]+\.[0-9][0-9] (oom|-)$'; then
            lightning_code=${lightning_said%% *}
            lightning_memory=${lightning_said##* }
            lightning_up=${lightning_said#* }
            lightning_up=${lightning_up%% *}
        fi
    fi
    lightning_ended=$(clock_of "${lightning_up:-$(uptime_now)}")
    {
        echo "exit=$lightning_code"
        echo "started=$(cat "$LIGHTNING_STATE/start" 2>/dev/null || echo "$lightning_ended")"
        echo "ended=$lightning_ended"
        if [ "$lightning_memory" = oom ]; then echo "memory=exceeded"; fi
        echo "left_out=$(cat "$LIGHTNING_STATE/left_out" 2>/dev/null || echo 0)"
        # Nobody here has ended it: its container was, or all of them are about to be.
        if [ -z "$lightning_up" ] || [ -e "$LIGHTNING_STATE/leaving" ]; then echo "taken=yes"; fi
    } >"$LIGHTNING_STATE/end"
    put "$LIGHTNING_LINK_END" "$LIGHTNING_STATE/end"
}

# With the keeper's end everything is in the files; the shell writes how it ended just before that.
report() {
    mkdir -p "$LIGHTNING_STATE"
    lightning_blocks=0 lightning_gone=0 lightning_turn=0
    while :; do
        lightning_over=no
        if [ -e "$LIGHTNING_STATE/kept" ]; then lightning_over=yes; fi
        tell_start
        lightning_more=no lightning_full=no lightning_failed=no
        push_both
        if [ "$lightning_gone" -gt 10 ]; then say "the links are no longer good"; return 1; fi
        if [ "$lightning_failed" = yes ]; then
            sleep 1
            continue
        fi
        if [ "$lightning_over" = yes ] && [ "$lightning_more" = no ]; then break; fi
        if [ "$lightning_over" = yes ] || [ "$lightning_full" = yes ]; then continue; fi
        lightning_left=$(pause)
        while [ "$lightning_left" -gt 0 ] && ! [ -e "$LIGHTNING_STATE/kept" ]; do
            lightning_turn=$((lightning_turn + 1))
            if [ $((lightning_turn % 2)) = 0 ]; then hear_stop; fi
            sleep 1
            lightning_left=$((lightning_left - 1))
        done
    done
    until [ -e "$LIGHTNING_STATE/told" ] || ! [ -f "$LIGHTNING_SHARED/started" ] || [ "$lightning_gone" -gt 3 ]; do
        tell_start
        lightning_gone=$((lightning_gone + 1))
        [ -e "$LIGHTNING_STATE/told" ] || sleep 1
    done
    tell_files
    tell_end
}

case ${1:-} in
    fetch) fetch ;;
    job) job "$2" ;;
    keep) keep ;;
    report) report ;;
    serve)
        # Who ends the group ends the program first; what it has said by then is still handed over.
        mkdir -p "$LIGHTNING_STATE"
        trap ': >"$LIGHTNING_SHARED/stop"; : >"$LIGHTNING_STATE/leaving"' TERM
        keep &
        report
        ;;
    *) say "fetch, keep, report or serve?"; exit 2 ;;
esac
