package dev.lightning.api.tools;

import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.ToolRow;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions of definitions as HTTP writes them. */
final class Etags {
    private static final String ANY = "*";
    private static final Pattern WRITTEN = Pattern.compile("^W/|\"");

    private Etags() {}

    /** A store's own version may be written as an entity tag already, and as a weak one, which If-Match does not take. */
    static String of(ToolRow row) {
        return "\"" + WRITTEN.matcher(row.etag()).replaceAll("") + "\"";
    }

    /** Throws unless the header, where there is one, names the version that is stored. */
    static void require(@Nullable String ifMatch, ToolRow row) {
        if (ifMatch != null && !names(ifMatch, row)) {
            throw Problem.PRECONDITION_FAILED.with(row.name() + " has changed since; read it again");
        }
    }

    /** Throws where the header names the version that is stored, or any at all. */
    static void refuse(@Nullable String ifNoneMatch, ToolRow row) {
        if (ifNoneMatch != null && names(ifNoneMatch, row)) {
            throw Problem.PRECONDITION_FAILED.with(
                    row.name() + " is there already, in a version If-None-Match excludes");
        }
    }

    private static boolean names(String header, ToolRow row) {
        return header.strip().equals(ANY)
                || Arrays.stream(header.split(",", -1)).map(String::strip).anyMatch(of(row)::equals);
    }
}
