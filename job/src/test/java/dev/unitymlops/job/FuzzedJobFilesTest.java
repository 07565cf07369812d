package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutants of the examples, read as files: each is a job or told what is wrong with it, by field. A failure names its mutant;
 * {@code -Djob.fuzz.first=N} begins with that one, {@code -Djob.fuzz.count=N} makes so many.
 */
class FuzzedJobFilesTest {
    private static final long FIRST = Long.getLong("job.fuzz.first", 1);
    private static final long COUNT = Long.getLong("job.fuzz.count", 2_000);

    /** Fields whose value may carry a credential and must not be told again. */
    private static final Set<String> PLACES = Set.of("webhook_url", "behaviour_source.uri");

    /** Values that have broken other readers. */
    private static final List<String> HOSTILE = List.of(
            "../../../etc/passwd",
            "/etc/passwd",
            "$(touch owned)",
            "`id`",
            "'; DROP TABLE jobs; --",
            "..",
            ".",
            "CON",
            "a\\..\\b",
            "%2e%2e%2f",
            "1e999999999",
            "-9223372036854775809",
            "0x7fffffff",
            "9".repeat(120),
            ".nan",
            "-.inf",
            "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1:1/\"]]",
            "&a [*a, *a]",
            "*a",
            "{".repeat(200),
            "[".repeat(200) + "]".repeat(200),
            "? ",
            "\"\\uD800\"",
            "\u0000",
            "\u202E\uFEFF",
            "~",
            "",
            "http://user:secret@127.0.0.1/?token=secret",
            "file:///etc/shadow",
            "x".repeat(20_000));

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void everyMutantIsAJobOrIsToldWhatIsWrong() throws IOException {
        List<String> examples = examples();
        Path file = folder.resolve("mutant.yaml");
        for (long mutant = FIRST; mutant < FIRST + COUNT; mutant++) {
            Files.write(file, mutated(examples, new Random(mutant)));
            try {
                judge(JobFile.read(file, JobDefaults.none(), Where.ELSEWHERE));
            } catch (AssertionError | RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("mutant " + mutant + " (-Djob.fuzz.first=" + mutant + ")", e);
            }
        }
    }

    private static void judge(JobFile.Result result) {
        switch (result) {
            case JobFile.Invalid invalid -> {
                assertThat(invalid.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(Findings.MAX_PROBLEMS);
                for (Problem problem : invalid.problems()) {
                    assertThat(problem.getField()).isNotBlank();
                    assertThat(problem.getMessage()).isNotBlank();
                    assertThat(problem.toString()).hasSizeLessThan(20_000);
                    if (PLACES.contains(problem.getField())) {
                        assertThat(problem.toString()).doesNotContain("secret");
                    }
                }
            }
            case JobFile.Valid valid -> {
                TrainingJob job = valid.job();
                for (String name : List.of(job.getJobId(), job.getAssetSpec().getAssetId())) {
                    Path below = Path.of("root").resolve(name);
                    assertThat(below.normalize()).isEqualTo(below);
                    assertThat(below.getNameCount()).isEqualTo(2);
                }
                assertThat(JobRules.check(JobJson.fromJson(JobJson.toJson(job)), Where.ELSEWHERE))
                        .as("what was valid is valid to the next service")
                        .isEmpty();
                assertThat(ContentHash.of(job)).hasSize(64);
            }
        }
    }

    private static byte[] mutated(List<String> examples, Random random) {
        String text = examples.get(random.nextInt(examples.size()));
        for (int hits = random.nextInt(1, 5); hits > 0; hits--) {
            text = mutated(text, examples, random);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            ByteArrayOutputStream torn = new ByteArrayOutputStream();
            int at = random.nextInt(bytes.length);
            torn.write(bytes, 0, at);
            torn.write(0x80 | random.nextInt(128));
            torn.write(bytes, at, bytes.length - at);
            return torn.toByteArray();
        }
        return bytes;
    }

    private static String mutated(String text, List<String> examples, Random random) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            return examples.getFirst();
        }
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        return switch (random.nextInt(6)) {
            case 0 -> with(lines, at, line.replaceFirst(":.*", "") + ": " + hostile(random));
            case 1 -> with(lines, at, line + "\n" + line);
            case 2 -> with(lines, at, " ".repeat(random.nextInt(8)) + line.strip());
            case 3 -> with(lines, at, slice(examples.get(random.nextInt(examples.size())), random));
            case 4 -> slice(text, random) + slice(text, random);
            default -> {
                int from = random.nextInt(line.length() + 1);
                yield with(lines, at, line.substring(0, from) + hostile(random) + line.substring(from));
            }
        };
    }

    private static String hostile(Random random) {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private static String with(List<String> lines, int at, String line) {
        return Stream.of(lines.subList(0, at), List.of(line), lines.subList(at + 1, lines.size()))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    private static String slice(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, random.nextInt(from, text.length() + 1));
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
