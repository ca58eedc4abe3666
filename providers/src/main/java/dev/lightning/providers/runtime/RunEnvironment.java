package dev.lightning.providers.runtime;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The environment of a program, the same in every runtime: what was asked for, and what we promise. */
public final class RunEnvironment {
    /** Linux refuses a program any string of its environment above 128 KiB. */
    private static final int LONGEST_EVENT = 100 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private RunEnvironment() {}

    /**
     * Adds {@code LIGHTNING_OUTPUT}, and {@code LIGHTNING_EVENT} unless the input is longer than 100 KiB; both win over
     * what was asked for.
     *
     * @param defaults what the request may replace
     */
    public static Map<String, String> of(RunRequest request, Map<String, String> defaults, String output) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(request.env());
        all.remove("LIGHTNING_EVENT");
        all.put("LIGHTNING_OUTPUT", output);
        if (request.input().getBytes(StandardCharsets.UTF_8).length <= LONGEST_EVENT) {
            all.put("LIGHTNING_EVENT", request.input());
        }
        all.forEach(RunEnvironment::check);
        return all;
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new RunRejectedException("\"" + name + "\" is no name for a variable of the environment", null);
        }
        if (value.indexOf('\0') >= 0) {
            throw new RunRejectedException("The value of the variable " + name + " has a character of code 0", null);
        }
    }
}
