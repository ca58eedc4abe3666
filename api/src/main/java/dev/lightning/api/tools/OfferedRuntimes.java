package dev.lightning.api.tools;

import java.util.List;

/**
 * Where this installation can run tools; a definition that names another place is refused at once.
 *
 * @param sizes the sizes of machines that may be bought; none where that is not known here
 */
public record OfferedRuntimes(List<String> kinds, List<String> sizes) {
    public OfferedRuntimes {
        kinds = List.copyOf(kinds);
        sizes = List.copyOf(sizes);
    }

    /** Without a list of sizes. */
    public OfferedRuntimes(List<String> kinds) {
        this(kinds, List.of());
    }
}
