package dev.lightning.providers.runtime;

import java.util.regex.Pattern;

/** Tells names that a container engine can read as an image from all others, before anything is to run there. */
public final class ImageName {
    private static final int LONGEST = 255;
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]{1,5})?/";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";
    private static final String TAG = ":[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
    private static final String DIGEST = "@(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})";
    private static final Pattern NAME =
            Pattern.compile("(?:" + HOST + ")?" + PART + "(?:/" + PART + ")*(?:" + TAG + ")?(?:" + DIGEST + ")?");

    private ImageName() {}

    /** Whether this is {@code [registry/]name[:tag][@digest]}. */
    public static boolean isPossible(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }
}
