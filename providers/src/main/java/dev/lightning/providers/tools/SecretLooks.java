package dev.lightning.providers.tools;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells which variables of an environment are secret by their looks, for whoever has to keep them out of histories. */
public final class SecretLooks {
    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL).*");
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(?s)(gh[a-z]_|github_pat_|glpat-|ATATT|sk-|xox[a-z]-|AKIA|eyJ[A-Za-z0-9_-]+\\.eyJ|-----BEGIN ).*"
                    + "|[a-z][a-z0-9+.-]*://[^/?#\\s@]*:[^/?#\\s@]+@.*");

    private SecretLooks() {}

    /** Whether the name has a word like KEY or TOKEN in it, in whatever case, or the value looks like a credential. */
    public static boolean has(String name, String value) {
        return SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches()
                || SECRET_VALUE.matcher(value).matches();
    }
}
