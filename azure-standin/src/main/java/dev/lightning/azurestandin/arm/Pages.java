package dev.lightning.azurestandin.arm;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a list into the pages that clients have to follow. */
final class Pages {
    private static final String SKIP = "$skiptoken";

    private final int size;

    Pages(int size) {
        this.size = size;
    }

    ArmResponse of(ArmRequest request, List<? extends JsonNode> all) {
        int from = Integer.parseInt(request.query().getOrDefault(SKIP, "0"));
        int to = Math.min(all.size(), from + size);
        ObjectNode page = Json.object();
        ArrayNode value = page.putArray("value");
        all.subList(Math.min(from, to), to).forEach(value::add);
        if (to < all.size()) {
            page.put("nextLink", link(request, to));
        }
        return ArmResponse.of(200, page);
    }

    private static String link(ArmRequest request, int next) {
        Map<String, String> query = new java.util.TreeMap<>(request.query());
        query.put(SKIP, String.valueOf(next));
        return request.endpoint() + request.url().split("\\?", -1)[0] + "?"
                + query.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
