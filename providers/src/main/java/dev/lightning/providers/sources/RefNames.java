package dev.lightning.providers.sources;

import java.util.regex.Pattern;

/** Judges the name of a branch, tag or commit before git ever sees it: none that git would take for an option or a range. */
public final class RefNames {
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}");
    private static final Pattern NO_REF = Pattern.compile(".*(\\.\\.|//|/\\.|\\.lock(/.*)?$|[./]$).*");

    private RefNames() {}

    public static boolean isRef(String text) {
        return REF.matcher(text).matches() && !NO_REF.matcher(text).matches();
    }
}
