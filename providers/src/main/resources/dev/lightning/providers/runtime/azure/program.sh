# Runs one program in an image of which nothing is known but that it has this shell: lightning PROGRAM ARGUMENT...
# It writes down when the program began and how it ended, and ends it when told to or when its lifetime is over.
# Only builtins are used, but for sleep: without it the program is ended from outside, and all it said last is lost.
lightning_first=$$

lightning_watch() {
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    while sleep 1; do
        lightning_due=no
        if [ -e @SHARED@/stop ]; then lightning_due=yes; fi
        read -r lightning_now lightning_rest </proc/uptime
        if [ "${lightning_now%.*}" -ge "$lightning_until" ]; then lightning_due=yes; fi
        # Everything but the container's first process, which writes down what came of it.
        if [ $lightning_due = yes ] && [ "$lightning_first" = 1 ]; then kill -s KILL -- -1; fi
        if [ $lightning_due = yes ] && [ "$lightning_first" != 1 ]; then kill -s KILL "$lightning_first"; fi
    done
}

read -r lightning_now lightning_rest </proc/uptime
lightning_until=$((${lightning_now%.*} + @LIFETIME@))
lightning_watch &
exec 3>@SHARED@/stdout.pipe 4>@SHARED@/stderr.pipe
read -r lightning_now lightning_rest </proc/uptime
echo "$lightning_now" >@SHARED@/started
cd @WORK@/workspace 2>/dev/null || cd @WORK@ || exit 125
# A shell says that its program was killed: in a shell of the program's own that would be said as if by the program.
(
    exec <@SHARED@/event.json >&3 2>&4 3>&- 4>&-
    exec "$@"
)
lightning_code=$?
lightning_memory=-
if [ $lightning_code = 137 ]; then
    for lightning_file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
        [ -r $lightning_file ] || continue
        while read -r lightning_word lightning_count; do
            if [ "$lightning_word" = oom_kill ] && [ "$lightning_count" != 0 ]; then lightning_memory=oom; fi
        done <$lightning_file
    done
fi
read -r lightning_now lightning_rest </proc/uptime
echo "$lightning_code $lightning_now $lightning_memory" >@SHARED@/exit
exit $lightning_code
