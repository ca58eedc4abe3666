#!/bin/sh
# Switches the machine off, now or in +N minutes, as shutdown(8) and poweroff(8) do.
for word in "$@"; do
    case "$word" in
    +*)
        (sleep $((${word#+} * 60)) && kill -TERM 1) >/dev/null 2>&1 </dev/null &
        exit 0
        ;;
    esac
done
kill -TERM 1
