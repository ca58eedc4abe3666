# What the measurements share: a product of its own on free ports and a home that is thrown away, a stand-in model that
# takes 20 ms, and a place for the sink. Sourced, never run.
# shellcheck source=scripts/lib.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/scripts/lib.sh"

need_jdk
build_if_changed
(cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" ./mvnw -q -B -ntp -o -DskipTests -Dspotless.check.skip=true -pl providers,bench -am package)
home="$(newest_build)"
train "$JAVA_HOME/bin/java" "$home"
work="$(mktemp -d)"
pids=""
finish() {
    local code="$?"
    if [ "$code" != 0 ] && [ -n "${log:-}" ]; then printf 'The last words of the product:\n' >&2; tail -n 20 "$log" >&2; fi
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Everything that the product promises stays on; only the rate of a user is lifted.
export OPENAI_API_KEY=bench NOTIFY_SECRET="a secret of the bench, long enough to sign with" EVENTS_RATE_PER_SECOND=100000

# Remembers every call, hence the memory.
start_model() {
    "$JAVA_HOME/bin/java" "@$root/scripts/java.flags" -Xmx2g -cp "$classes" dev.lightning.providers.testing.StandInModel \
        --port 0 --delay-ms 20 --ledger "$work/calls" >"$work/model" 2>&1 &
    pids="$pids $!"
    until grep -qs 'port=' "$work/model"; do sleep 0.1; done
    while sink=$((20000 + RANDOM % 12000)) && port_taken "$sink"; do :; done
    OPENAI_BASE_URL="http://127.0.0.1:$(sed -n 's/.*port=\([0-9]*\).*/\1/p' "$work/model" | head -n 1)/v1"
    export OPENAI_BASE_URL NOTIFY_URL="http://127.0.0.1:$sink/"
}

start_product() {
    log="$(mktemp "$work/log-XXXXXX")"
    PORT=0 METRICS_PORT=0 TEMPORAL_PORT=0 TEMPORAL_UI_PORT=0 LIGHTNING_HOME="$work/home" "$root/lightning" up >"$log" 2>&1 &
    product="$!"
    pids="$pids $product"
    until grep -q 'Lightning is ready' "$log"; do
        kill -0 "$product" || { cat "$log" >&2; exit 1; }
        sleep 0.1
    done
    url="$(sed -n 's#.*API  *\(http.*\)/api$#\1#p' "$log")"
}

stop_product() { kill "$product"; while kill -0 "$product" 2>/dev/null; do sleep 0.1; done; }

classes="$root/bench/target/*:$root/providers/target/*:$home/lib/*"

# In the background and waited for, so that a signal ends it with us.
bench() {
    local measurement="$1" code=0
    shift
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dhttp.maxConnections=64 \
        -Dbench.root="$root" -Dbench.work="$work" -Dbench.revision="$(git -C "$root" describe --always --dirty 2>/dev/null || say unknown)" -Xmx384m -cp "$classes" "dev.lightning.bench.$measurement" "$@" &
    pids="$pids $!"
    wait "$!" || code="$?"
    return "$code"
}
