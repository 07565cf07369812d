package dev.unitymlops.webhook.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which job's or schedule's first message is due when. One object per task, used on its thread only. */
final class DueTimes {

    private final TreeMap<Long, TreeSet<String>> byTime = new TreeMap<>();
    private final Map<String, Long> byKey = new HashMap<>();

    void put(String key, long at) {
        remove(key);
        byKey.put(key, at);
        byTime.computeIfAbsent(at, ignored -> new TreeSet<>()).add(key);
    }

    void remove(String key) {
        Long at = byKey.remove(key);
        if (at != null) {
            byTime.computeIfPresent(at, (ignored, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
        }
    }

    void clear() {
        byTime.clear();
        byKey.clear();
    }

    /** Those whose time has come, earliest first; they stay until removed. */
    List<String> over(long now) {
        List<String> keys = new ArrayList<>();
        byTime.headMap(now, true).values().forEach(keys::addAll);
        return keys;
    }
}
