package dev.lightning.api.errors;

/** What a client sent as an answer may repeat it: short and printable, whatever it was. */
public final class Shown {
    private static final int LONGEST = 64;

    private Shown() {}

    public static String of(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return start.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
