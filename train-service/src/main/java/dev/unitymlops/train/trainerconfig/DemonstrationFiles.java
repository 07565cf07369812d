package dev.unitymlops.train.trainerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The recordings that a trainer configuration names, found as ML-Agents finds them ({@code demo_loader.py}). */
public final class DemonstrationFiles {

    private static final String KEY = "demo_path";
    private static final String ENDING = ".demo";

    private DemonstrationFiles() {}

    /**
     * Each file once, by path; of a folder those that lie in it. What is not there is passed over: the trainer refuses it.
     *
     * @param directory that the trainer runs in
     */
    public static List<Path> of(TrainerConfig config, Path directory) throws IOException {
        SortedSet<String> named = new TreeSet<>();
        collect(new Load(LoadSettings.builder().build()).loadFromString(config.yaml()), named);
        SortedSet<Path> files = new TreeSet<>();
        for (String path : named) {
            files.addAll(at(directory.resolve(path).toAbsolutePath().normalize()));
        }
        return new ArrayList<>(files);
    }

    private static void collect(@Nullable Object node, SortedSet<String> named) {
        if (node instanceof Map<?, ?> map) {
            if (map.get(KEY) instanceof String path) {
                named.add(path);
            }
            map.values().forEach(value -> collect(value, named));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, named));
        }
    }

    private static List<Path> at(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.filter(Files::isRegularFile)
                    .filter(child -> child.toString().endsWith(ENDING))
                    .toList();
        }
    }
}
