package dev.unitymlops.cli.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The log files of a job's attempts, read as they grow. One thread. */
final class LogFiles {

    private static final int DEPTH = 4;

    private final Path jobFolder;
    private final Map<Path, Long> read = new HashMap<>();

    LogFiles(Path jobFolder) {
        this.jobFolder = jobFolder;
    }

    /**
     * A line of a log.
     *
     * @param file path below the job's folder: run, stage, attempt and name
     */
    record Line(String file, String line) {}

    /** The lines that have come since the last call, file by file, the oldest file first. */
    List<Line> more() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path log : logs()) {
            lines.addAll(more(log));
        }
        return lines;
    }

    private List<Path> logs() throws IOException {
        if (!Files.isDirectory(jobFolder)) {
            return List.of();
        }
        Map<Path, FileTime> modified = new HashMap<>();
        try (Stream<Path> all = Files.walk(jobFolder, DEPTH)) {
            for (Path file : (Iterable<Path>) all.filter(this::isLog)::iterator) {
                modified.put(file, Files.getLastModifiedTime(file));
            }
        }
        return modified.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isLog(Path file) {
        return file.toString().endsWith(".log") && jobFolder.relativize(file).getNameCount() == DEPTH;
    }

    private List<Line> more(Path log) throws IOException {
        long from = read.getOrDefault(log, 0L);
        List<Line> lines = new ArrayList<>();
        try (SeekableByteChannel channel = Files.newByteChannel(log).position(from);
                InputStream in = Channels.newInputStream(channel)) {
            byte[] bytes = in.readAllBytes();
            // A line that is not ended yet is read again, whole, when it is.
            int end = afterLastNewline(bytes);
            read.put(log, from + end);
            String whole = new String(bytes, 0, end, StandardCharsets.UTF_8);
            whole.lines()
                    .forEach(
                            line -> lines.add(new Line(jobFolder.relativize(log).toString(), line)));
        }
        return lines;
    }

    private static int afterLastNewline(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
