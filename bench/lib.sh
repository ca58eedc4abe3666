# What the measurements share: a product of its own on free ports and a home that is thrown away. Sourced, never run.
# shellcheck source=scripts/lib.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/scripts/lib.sh"

need_jdk
build_if_changed
(cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" ./mvnw -q -B -ntp -o -DskipTests -Dspotless.check.skip=true -pl providers,bench package)
home="$(newest_build)"
train "$JAVA_HOME/bin/java" "$home"
work="$(mktemp -d)"
pids=""
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

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

bench() {
    local measurement="$1"
    shift
    "$JAVA_HOME/bin/java" -Dhttp.maxConnections=64 -Xmx256m -cp "$root/bench/target/*:$home/lib/*" "dev.lightning.bench.$measurement" "$@"
}
