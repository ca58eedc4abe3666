package dev.lightning.api.tools;

import java.util.List;

/** Where this installation can run tools; a definition that names another place is refused at once. */
public record OfferedRuntimes(List<String> kinds) {
    public OfferedRuntimes {
        kinds = List.copyOf(kinds);
    }
}
