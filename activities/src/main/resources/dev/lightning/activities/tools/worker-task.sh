# Runs each argument as a command of a shell of its own, in order, up to the first that fails, whose exit code it takes.
# Each is named on standard error; the last line of standard output says how they went.
clock() {
    if read -r now _ 2>/dev/null </proc/uptime; then
        now=${now%.*}${now#*.}0
        while [ "${now#0}" != "$now" ]; do now=${now#0}; done
        now=${now:-0}
    else
        now=$(date +%s)000
    fi
}
results= code=0
for command do
    printf '$ %s\n' "$command" >&2
    clock
    began=$now
    /bin/sh -c " $command" </dev/null
    code=$?
    clock
    results="$results${results:+,}{\"exitCode\":$code,\"durationMs\":$((now - began))}"
    if [ "$code" != 0 ]; then break; fi
done
printf '\n{"commands":[%s]}\n' "$results"
exit "$code"
