package dev.lightning.bench.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command was told, as {@code --name value}; a name that it does not know is refused with its usage. */
public record Arguments(Map<String, String> values) {
    public static Arguments parse(String[] words, List<String> known, String usage) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int at = 0; at < words.length; at += 2) {
            if (at + 1 == words.length || !known.contains(words[at])) {
                throw new IllegalArgumentException(usage);
            }
            values.put(words[at], words[at + 1]);
        }
        return new Arguments(values);
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }
}
