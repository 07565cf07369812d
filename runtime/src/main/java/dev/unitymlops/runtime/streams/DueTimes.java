package dev.unitymlops.runtime.streams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which key is due when, in milliseconds since the epoch. One object per task, used on its thread only. */
public final class DueTimes {

    private final TreeMap<Long, TreeSet<String>> byTime = new TreeMap<>();
    private final Map<String, Long> byKey = new HashMap<>();

    /** In place of another time of the key. */
    public void put(String key, long at) {
        remove(key);
        byKey.put(key, at);
        byTime.computeIfAbsent(at, ignored -> new TreeSet<>()).add(key);
    }

    public void remove(String key) {
        Long at = byKey.remove(key);
        if (at != null) {
            byTime.computeIfPresent(at, (ignored, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
        }
    }

    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    public void clear() {
        byTime.clear();
        byKey.clear();
    }

    /** Those whose time has come, earliest first; they stay until removed. */
    public List<String> over(long now) {
        List<String> keys = new ArrayList<>();
        byTime.headMap(now, true).values().forEach(keys::addAll);
        return keys;
    }
}
