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
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return;
        }
        if (Arrays.stream(ifMatch.split(",", -1)).map(String::strip).noneMatch(of(row)::equals)) {
            throw Problem.PRECONDITION_FAILED.with(row.name() + " has changed since; read it again");
        }
    }
}
