#!/bin/sh
# Switches the machine off, now or in +N minutes, as shutdown(8) and poweroff(8) do; -c takes the latter back.
for word in "$@"; do
    case "$word" in
    -c)
        if [ -s /run/standin-shutdown ]; then kill "$(cat /run/standin-shutdown)"; fi
        rm -f /run/standin-shutdown
        exit 0
        ;;
    +*)
        (
            sleep $((${word#+} * 60)) &
            trap 'kill "$!"; exit 0' TERM
            wait "$!"
            kill -TERM 1
        ) >/dev/null 2>&1 </dev/null &
        echo "$!" >/run/standin-shutdown
        exit 0
        ;;
    esac
done
kill -TERM 1
