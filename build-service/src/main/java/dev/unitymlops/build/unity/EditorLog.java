package dev.unitymlops.build.unity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An editor's log, read once from start to end in bounded memory. */
final class EditorLog {

    private static final int TAIL = 40;
    private static final int MOST_EVIDENCE = 20;
    private static final int LONGEST_LINE = 2000;

    private final Map<EditorFault, Set<String>> evidence = new EnumMap<>(EditorFault.class);
    private final Deque<String> tail = new ArrayDeque<>();

    private EditorLog() {}

    /** Reads what is there of the files, one behind the other; a file that is missing says nothing. */
    static EditorLog read(Path... files) throws IOException {
        EditorLog log = new EditorLog();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                log.readFile(file);
            }
        }
        return log;
    }

    static EditorLog of(List<String> lines) {
        EditorLog log = new EditorLog();
        lines.forEach(log::add);
        return log;
    }

    /** The most telling fault, if any line tells of one. */
    Optional<EditorFault> fault() {
        return evidence.keySet().stream().findFirst();
    }

    /** Lines that tell of the fault, each once, at most 20. */
    List<String> evidence(EditorFault fault) {
        return List.copyOf(evidence.getOrDefault(fault, Set.of()));
    }

    /** The last 40 lines. */
    List<String> tail() {
        return List.copyOf(tail);
    }

    /** Logs hold what tools and paths put there: what is no UTF-8 becomes a mark and hides nothing else. */
    private void readFile(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        }
    }

    private void add(String line) {
        String text = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
        if (tail.size() == TAIL) {
            tail.removeFirst();
        }
        tail.addLast(text);
        for (EditorFault fault : EditorFault.values()) {
            if (fault.isIn(text)) {
                Set<String> lines = evidence.computeIfAbsent(fault, none -> new LinkedHashSet<>());
                if (lines.size() < MOST_EVIDENCE) {
                    lines.add(text.strip());
                }
                return;
            }
        }
    }
}
