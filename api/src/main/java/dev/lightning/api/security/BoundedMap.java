package dev.lightning.api.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the entries used last, so that strangers cannot fill the memory with names. Not safe for threads. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    BoundedMap(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
