#!/bin/sh
# Carries one run after another on a machine that may serve its owner again, and switches it off when none comes in time.
# What it is to do is said by one blob, its slot, which is changed by those only who have seen what it says:
#
#   state=busy   with a run, and below that the run's environment: told to the machine
#   state=free   said by the machine, after it has cleaned up
#   state=closed said by whoever wants the machine gone
#
# After a reboot it goes on where it was: with the run, with cleaning up, or with waiting.
set -u
umask 077
LC_ALL=C
export LC_ALL

lightning_home=/var/lib/lightning
# shellcheck source=/dev/null
. "$lightning_home/user.sh"
# Its name and its first link; how many seconds it waits, and until when it may be there at all.
# shellcheck source=/dev/null
. "$lightning_home/machine.env"
lightning_notes=$lightning_home/notes
LIGHTNING_AGAIN=yes
export LIGHTNING_AGAIN

noted() { cat "$lightning_notes/$1" 2>/dev/null; }

note() { printf '%s\n' "$2" >"$lightning_notes/$1.new" && mv "$lightning_notes/$1.new" "$lightning_notes/$1"; }

# Asks for a link and says the status, 000 without an answer. Links go by standard input: arguments can be seen by others.
ask() {
    lightning_link=$1
    shift
    printf 'url = "%s"\n' "$lightning_link" |
        curl -K - --silent --connect-timeout 10 --max-time 60 -H 'Expect:' -D "$lightning_notes/head" \
            -o "$lightning_notes/answer" -w '%{http_code}' "$@" 2>/dev/null || :
}

said() { sed -n "/^export /q; s/^$1=//p" "$lightning_notes/slot" | head -n 1; }

leave() {
    off
    exit 0
}

# Learns what the slot says, and the mark by which it can be changed. Without a slot nobody needs the machine.
look() {
    case $(ask "$(noted link)") in
        200) ;;
        403 | 404)
            lightning_gone=$((lightning_gone + 1))
            if [ "$lightning_gone" -gt 5 ]; then leave; fi
            return 1
            ;;
        *) return 1 ;;
    esac
    lightning_gone=0
    mv "$lightning_notes/answer" "$lightning_notes/slot"
    lightning_mark=$(sed -n 's/^[Ee][Tt]ag: *//p' "$lightning_notes/head" | tr -d '\r')
    lightning_state=$(said state)
    lightning_run=$(said run)
    # The same run may come twice.
    lightning_turn="$lightning_run $(said since)"
}

# Changes the slot; fails when somebody has done so since it was seen, or nobody answers: the next look tells.
tell() {
    printf 'state=%s\nsince=%s\n' "$1" "$(now)" >"$lightning_notes/told"
    [ "$(ask "$(noted link)" -T "$lightning_notes/told" -H 'x-ms-blob-type: BlockBlob' -H "If-Match: $lightning_mark")" = 201 ]
}

has_processes() { grep -Eqs "^Uid:.*[[:space:]]$lightning_user([[:space:]]|\$)" /proc/[0-9]*/status; }

end_processes() {
    lightning_tries=0
    while has_processes; do
        end_program
        lightning_tries=$((lightning_tries + 1))
        if [ "$lightning_tries" -gt 20 ]; then return 1; fi
        if [ "$lightning_tries" -gt 2 ]; then sleep 1; fi
    done
}

# Whatever file is the user's, wherever one can be.
remove_files() {
    while read -r lightning_device lightning_place lightning_kind lightning_rest; do
        case $lightning_kind in
            proc | sysfs | cgroup* | devpts | securityfs | debugfs | tracefs | bpf | pstore | configfs | autofs | \
                binfmt_misc | fusectl | rpc_pipefs | nsfs | efivarfs) continue ;;
        esac
        find "$lightning_place" -xdev -user "$lightning_user" -prune -exec rm -rf {} + 2>/dev/null
        # Its own word counts for nothing: what others remove meanwhile is trouble to it, too.
        if [ -n "$(find "$lightning_place" -xdev -user "$lightning_user" 2>/dev/null | head -n 1)" ]; then return 1; fi
    done </proc/mounts
}

# Memory that processes share by number outlives them.
remove_shared_memory() {
    if grep -Eqsw "$lightning_user" /proc/sysvipc/*; then
        (as_program ipcrm --all) >/dev/null 2>&1
        ! grep -Eqsw "$lightning_user" /proc/sysvipc/*
    fi
}

# Leaves nothing of an earlier run, or fails.
clean() {
    end_processes || return 1
    rm -rf "$lightning_home/shared" "$lightning_home/work" "$lightning_home/state" "$lightning_home/run.env" || return 1
    remove_files || return 1
    remove_shared_memory
}

# Makes sure that no other machine carries the run, whatever has been said to whom.
take() {
    lightning_carrier=$(sed -n "s/^export LIGHTNING_LINK_CARRIER='\(.*\)'\$/\1/p" "$lightning_notes/slot")
    printf '%s' "$LIGHTNING_MACHINE" >"$lightning_notes/name"
    until [ "$(ask "$lightning_carrier" -T "$lightning_notes/name" -H 'x-ms-blob-type: BlockBlob' -H 'If-None-Match: *')" = 201 ]; do
        case $(ask "$lightning_carrier") in
            200)
                [ "$(cat "$lightning_notes/answer")" = "$LIGHTNING_MACHINE" ]
                return
                ;;
            403) return 1 ;;
        esac
        sleep 1
    done
}

# A machine that cannot carry its run is of no use to another either.
carry() {
    if [ "$lightning_turn" != "$(noted turn)" ]; then
        clean || leave
        take || leave
        sed -n '/^export /p' "$lightning_notes/slot" >"$lightning_home/run.env"
        note link "$(sed -n "s/^export LIGHTNING_LINK_SLOT='\(.*\)'\$/\1/p" "$lightning_notes/slot")"
        note turn "$lightning_turn"
    fi
    rm -f "$lightning_notes/slot" "$lightning_notes/answer"
    /bin/sh "$lightning_home/machine.sh" || leave
    note done "$lightning_turn"
}

give_back() {
    clean || leave
    tell free
}

mkdir -p "$lightning_notes"
lightning_gone=0
if ! [ -s "$lightning_notes/link" ]; then note link "$LIGHTNING_LINK_SLOT"; fi
lightning_left=$((LIGHTNING_UNTIL - $(now)))
if [ "$lightning_left" -le 0 ]; then leave; fi
(
    sleep "$lightning_left"
    off
) &
while :; do
    lightning_pause=2
    if look; then
        case $lightning_state in
            busy)
                if [ "$lightning_turn" = "$(noted done)" ]; then
                    give_back
                else
                    carry
                    lightning_pause=0
                fi
                ;;
            free) if [ $(($(now) - $(said since))) -ge "$LIGHTNING_WARM" ] && tell closed; then leave; fi ;;
            *) leave ;;
        esac
    fi
    sleep "$lightning_pause"
done
