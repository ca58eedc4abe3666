# What the launcher's commands share. Sourced, never run. Works with bash 3.2, which macOS still has.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
builds="$root/target/lightning"
temporal_version=1.5.1
# What ApiFuzzTest looks for.
schemathesis_version=4.32.5
# What the tests' Azurite starts.
azurite_version=3.37.0

say() { printf '%s\n' "$*"; }
fail() { printf 'lightning: %s\n' "$*" >&2; exit 1; }

now_millis() {
    local now
    now="$(date +%s%3N)"
    case "$now" in *[!0-9]*) echo "$(date +%s)000" ;; *) echo "$now" ;; esac
}

# KEY=VALUE lines; nothing is evaluated, and what the environment already says wins. The patterns are variables because
# bash 3.2 reads quotes within them otherwise.
read_env_file() {
    local line key value number=0
    local nothing='^[[:space:]]*(#|$)' setting='^[A-Za-z_][A-Za-z0-9_]*='
    local single="^'([^']*)'([[:space:]]+#.*|[[:space:]]*)\$" double='^"([^"]*)"([[:space:]]+#.*|[[:space:]]*)$'
    [ -f "$1" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        line="${line%$'\r'}"
        [[ "$line" =~ $nothing ]] && continue
        line="${line#export }"
        if ! [[ "$line" =~ $setting ]]; then
            say "lightning: $1 line $number is ignored, as it is not KEY=VALUE without spaces before or around the =" >&2
            continue
        fi
        key="${line%%=*}"
        value="${line#*=}"
        if [[ "$value" =~ $single ]] || [[ "$value" =~ $double ]]; then
            value="${BASH_REMATCH[1]}"
        else
            case "$value" in
                \"*\") value="${value#\"}"; value="${value%\"}" ;;
                \'*\') value="${value#\'}"; value="${value%\'}" ;;
            esac
        fi
        if [ -z "${!key+set}" ]; then export "$key=$value"; fi
    done <"$1"
}

# The major version that a JDK's release file names; nothing for what is no JDK.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
    # Who names one means it.
    if [ -n "${LIGHTNING_JAVA_HOME:-}" ]; then
        say "$LIGHTNING_JAVA_HOME"
        return 0
    fi
    say "${JAVA_HOME:-}"
    local javac
    if javac="$(command -v javac)"; then
        while [ -L "$javac" ]; do
            local to
            to="$(readlink "$javac")"
            case "$to" in /*) javac="$to" ;; *) javac="$(dirname "$javac")/$to" ;; esac
        done
        say "$(dirname "$(dirname "$javac")")"
    fi
    if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v 25+ 2>/dev/null || true; fi
    local folder
    for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        say "$folder"
    done
}

# Sets JAVA_HOME to the first JDK 25 or newer.
find_jdk() {
    local candidate version
    while IFS= read -r candidate; do
        [ -n "$candidate" ] || continue
        version="$(jdk_version "$candidate")"
        if [ -n "$version" ] && [ "$version" -ge 25 ]; then
            export JAVA_HOME="$candidate"
            return 0
        fi
    done < <(jdk_candidates)
    return 1
}

explain_jdk() {
    if [ -n "${LIGHTNING_JAVA_HOME:-}" ]; then
        say "lightning: LIGHTNING_JAVA_HOME=$LIGHTNING_JAVA_HOME is not the folder of a JDK 25 or newer" >&2
        return 0
    fi
    say "No JDK 25 or newer was found. Looked at JAVA_HOME, javac on PATH, /usr/lib/jvm, /usr/java, /opt," \
        "~/.sdkman, ~/.jdks, mise, asdf and macOS's own folders. Get one from https://adoptium.net (or: sdk install java 25-tem)" \
        "and set LIGHTNING_JAVA_HOME to its folder if it is somewhere else." >&2
}

need_jdk() { find_jdk || { explain_jdk; exit 1; }; }

# What TemporalBinary finds without fetching anything.
temporal_binary() {
    local cached="${XDG_CACHE_HOME:-$HOME/.cache}/lightning/temporal-$temporal_version/temporal"
    TEMPORAL_BINARY="${LIGHTNING_TEMPORAL_BIN:-$(command -v temporal || true)}"
    [ -n "$TEMPORAL_BINARY" ] || TEMPORAL_BINARY="$cached"
    [ -x "$TEMPORAL_BINARY" ]
}

port_taken() {
    [ "$1" != 0 ] && (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A sum over names and contents of everything that ends up in the product.
source_stamp() {
    (cd "$root" && find . \( -name target -o -name node_modules -o -name .git -o -name .lightning -o -path ./bench \) -prune -o \
        -type f \( -name pom.xml -o -name java.flags -o -path '*/src/main/*' \) -print | LC_ALL=C sort | xargs cksum | cksum | tr ' ' '-')
}

newest_build() { say "$builds/$(cat "$builds/current")"; }

up_to_date() {
    [ -f "$builds/current" ] && [ "$(cat "$builds/current")" = "$(source_stamp)" ] && [ -f "$(newest_build)/app.jar" ] &&
        [ -f "$(newest_build)/azure-standin.jar" ]
}

# Builds into a folder of its own, so that an instance that runs from an older build is not disturbed.
build_if_changed() {
    local stamp fresh
    if up_to_date; then return 0; fi
    mkdir -p "$builds"
    lock_build
    if ! up_to_date; then
        say "Building (only when sources have changed) ..."
        stamp="$(source_stamp)"
        (cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" ./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package) || fail "the build failed"
        fresh="$(mktemp -d "$builds/new-XXXXXX")"
        "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$(ls "$root"/app/target/app-*.jar | head -n 1)" \
            extract --destination "$fresh" >/dev/null || fail "the build could not be unpacked"
        mv "$fresh"/app-*.jar "$fresh/app.jar"
        cp "$root"/azure-standin/target/azure-standin-*-run.jar "$fresh/azure-standin.jar"
        rm -rf "${builds:?}/$stamp"
        mv "$fresh" "$builds/$stamp"
        say "$stamp" >"$builds/current.new" && mv "$builds/current.new" "$builds/current"
        # Keep this build and the one before, which may still be running.
        ls -1dt "$builds"/*/ | tail -n +3 | while IFS= read -r old; do rm -rf "$old"; done
    fi
    unlock_build
}

# One build at a time; a lock whose owner is gone counts for nothing.
lock_build() {
    local owner
    until mkdir "$builds/.lock" 2>/dev/null; do
        owner="$(cat "$builds/.lock/pid" 2>/dev/null || true)"
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -rf "$builds/.lock"; else sleep 0.5; fi
    done
    say "$$" >"$builds/.lock/pid"
    trap unlock_build EXIT
}

unlock_build() {
    rm -rf "$builds/.lock"
    trap - EXIT
}

# glibc keeps a pool of memory for every thread unless it is told not to.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
aot_cache() { say "$1/$(cksum <"$JAVA_HOME/release" | tr ' ' '-').aot"; }

# What makes a start find its classes loaded already, if there has been a rehearsal.
quick_start_flags() {
    local cache
    cache="$(aot_cache "$1")"
    if [ -f "$cache" ]; then say "-XX:AOTCache=$cache -Xlog:aot=off -Xlog:cds=off"; fi
}

# What a rehearsal must not take over from the instance that it is done for.
settings_of_an_instance="TEMPORAL_ADDRESS TEMPORAL_NAMESPACE LIGHTNING_MODE SERVICE_TYPE BIND_ADDRESS WORKER_QUEUES LLM_QUEUE
    DATABASE_URL STORAGE_CONNECTION AZURE_STORAGE_CONNECTION_STRING STORAGE_ACCOUNT COSMOS_CONNECTION_STRING
    LIGHTNING_STORAGE_PROVIDER LIGHTNING_BLOB_PROVIDER OPENAI_API_KEY OPENAI_BASE_URL NOTIFY_URL JWT_SIGNING_KEY
    TOOL_RUNTIMES WORKER_TASK_RUNTIME LIGHTNING_LOG_FORMAT JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS"

# Starts the product once, on free ports and a home that is thrown away, so that later starts find their classes loaded.
train() {
    local cache home
    cache="$(aot_cache "$2")"
    if [ -f "$cache" ] || [ -f "$cache.failed" ] || [ "${LIGHTNING_AOT:-on}" = off ]; then return 0; fi
    say "Preparing quick starts (once a build) ..."
    home="$(mktemp -d)"
    # shellcheck disable=SC2086
    if env $(printf -- '-u %s ' $settings_of_an_instance) PORT=0 METRICS_PORT=0 TEMPORAL_PORT=0 TEMPORAL_UI_PORT=0 \
        LIGHTNING_HOME="$home/home" "$1" "@$root/scripts/java.flags" "-XX:AOTCacheOutput=$cache.new" -Dlightning.rehearsal=true \
        -jar "$2/app.jar" >"$home/log" 2> >(grep -v '^Picked up' >&2) &&
        [ -f "$cache.new" ]; then
        mv "$cache.new" "$cache"
    else
        say "lightning: could not prepare quick starts; starting without (see $cache.failed)" >&2
        cp "$home/log" "$cache.failed"
    fi
    rm -rf "$home" "$cache.new"
}
