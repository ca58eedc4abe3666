package dev.lightning.azurestandin;

import java.util.Map;

/** What a test has to know of a resource to say whether it should still be there. */
public record ResourceSummary(
        String id, String type, String name, String group, String state, Map<String, String> tags) {}
