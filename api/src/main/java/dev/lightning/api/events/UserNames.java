package dev.lightning.api.events;

/** What can be somebody's name in a request. */
final class UserNames {
    static final int MAX_USER_ID = 128;

    private UserNames() {}

    /** Whether this can be the name of somebody: neither empty nor too long, and printable. */
    static boolean isUserId(String text) {
        return !text.isBlank() && text.length() <= MAX_USER_ID && Texts.isPrintable(text);
    }
}
