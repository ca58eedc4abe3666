package dev.lightning.api.tools;

import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.ToolRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Versions of definitions as HTTP writes them. */
final class Etags {
    private static final String ANY = "*";

    private Etags() {}

    static String of(ToolRow row) {
        return "\"" + row.etag() + "\"";
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
