package dev.lightning.api.tools;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import dev.lightning.providers.tools.SecretLooks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Reads the environment of a definition and tells what is secret in it.
 *
 * <p>A variable is secret when its name has KEY, TOKEN, SECRET, PASSWORD, PASSWD, PASSPHRASE or CREDENTIAL in it, in
 * whatever case, when its value looks like a credential, or when {@code secretEnv} names it. A name in {@code secretEnv}
 * without a value in {@code env} keeps the value that is stored; a name in neither is dropped.
 */
final class EnvReader {
    static final String ENV = "env";
    static final String SECRET_ENV = "secretEnv";

    private static final int MOST = 100;
    private static final int MOST_BYTES = 16 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final Findings findings;

    EnvReader(Findings findings) {
        this.findings = findings;
    }

    /** Variables that may be shown, and those that may not. */
    record Env(Map<String, String> plain, Map<String, String> secret) {}

    /** Reads both fields; {@code known} are the secrets that are stored. */
    Env read(JsonFields body, Map<String, String> known) {
        SequencedMap<String, String> given = body.namedTexts(ENV);
        SequencedMap<String, String> placed = body.placedTexts(SECRET_ENV);
        given.forEach((name, value) -> check(body.at(ENV) + "." + Shown.of(name), name, value));
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, String> secret = new LinkedHashMap<>();
        given.forEach((name, value) ->
                (SecretLooks.has(name, value) || placed.containsValue(name) ? secret : plain).put(name, value));
        placed.forEach((field, name) -> {
            String kept = known.get(name);
            if (kept != null) {
                secret.putIfAbsent(name, kept);
            }
            findings.require(
                    secret.containsKey(name), field, "names a variable that has no value yet; give it one in env");
        });
        checkWhole(body.at(ENV), plain, secret);
        return new Env(plain, secret);
    }

    private void check(String field, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            findings.add(field, "is not the name of an environment variable: 1 to 128 of A-Z, a-z, 0-9 and _");
        } else if (name.toUpperCase(Locale.ROOT).startsWith("LIGHTNING_")) {
            findings.add(field, "starts with LIGHTNING_, which is for what the platform says");
        }
        findings.require(value.indexOf('\0') < 0, field, "must not contain the character U+0000");
    }

    private void checkWhole(String field, Map<String, String> plain, Map<String, String> secret) {
        findings.require(plain.size() + secret.size() <= MOST, field, "has more than " + MOST + " variables");
        List<Map.Entry<String, String>> all = new ArrayList<>(plain.entrySet());
        all.addAll(secret.entrySet());
        long bytes = all.stream()
                .mapToLong(variable -> bytes(variable.getKey()) + bytes(variable.getValue()))
                .sum();
        findings.require(bytes <= MOST_BYTES, field, "has more than " + MOST_BYTES + " bytes");
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
