package dev.unitymlops.system.architecture;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.system.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What byte code does not tell: the length of files, and a sentence for each package. */
class SourceTest {
    private static final int MOST_LINES = 400;
    private static final Pattern SENTENCE = Pattern.compile("/\\*\\*.*\\.\\s*\\*/", Pattern.DOTALL);

    @Test
    void noFileOfMainCodeIsTooLong() throws IOException {
        assertThat(tooLong(mainSources(Checkout.root())))
                .as(
                        "A class beyond %s lines does several things. Give each its own class, named for what it does.",
                        MOST_LINES)
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThere() throws IOException {
        assertThat(silentPackages(mainSources(Checkout.root())))
                .as("A reader starts at the package. Add a package-info.java with one sentence and @NullMarked.")
                .isEmpty();
    }

    @Test
    void bothCanBeBroken(@TempDir Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("stage/src/main/java/dev/made/up"));
        Files.writeString(folder.resolve("Long.java"), "// a line\n".repeat(MOST_LINES + 1));
        assertThat(tooLong(mainSources(root))).containsExactly("Long.java has 401 lines");
        assertThat(silentPackages(mainSources(root))).containsExactly(folder);
        Files.writeString(folder.resolve("package-info.java"), "/** Nothing that is. */\npackage dev.made.up;\n");
        assertThat(silentPackages(mainSources(root))).isEmpty();
    }

    private static List<Path> mainSources(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTest::sources)
                    .toList();
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tooLong(List<Path> sources) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources) {
            int lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES) {
                found.add(source.getFileName() + " has " + lines + " lines");
            }
        }
        return found;
    }

    private static List<Path> silentPackages(List<Path> sources) throws IOException {
        Map<Path, List<Path>> packages = sources.stream().collect(groupingBy(Path::getParent));
        List<Path> found = new ArrayList<>();
        for (Path folder : packages.keySet()) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !SENTENCE.matcher(Files.readString(info)).find()) {
                found.add(folder);
            }
        }
        return found;
    }
}
