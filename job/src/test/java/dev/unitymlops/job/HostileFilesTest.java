package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds: an answer of bounded size in bounded time, and never an exception. */
class HostileFilesTest {
    private static final int LARGE = JobFile.MAX_SIZE - 100;
    private static final String PUNCTUATION = "{}[]:,-?&*!|>'\"%@` \n\t#~<=0123456789aeE.+\\_\u0000\uFEFF\uD800";

    @TempDir
    private Path folder;

    static Stream<String> floods() {
        return Stream.of(
                "[".repeat(LARGE),
                "{\"a\":".repeat(LARGE / 5),
                "{a: ".repeat(LARGE / 4),
                "- ".repeat(LARGE / 2),
                "? ".repeat(LARGE / 2),
                "a: ".repeat(LARGE / 3),
                "job_id: " + "9".repeat(LARGE - 10),
                "{\"job_id\": " + "9".repeat(LARGE - 20) + "}",
                "rl_config: {max_steps: 1e999999999}",
                "rl_config: {max_steps: 1e-999999999}",
                "rl_config: {max_steps: " + "9".repeat(400) + "}",
                "x".repeat(LARGE),
                "!a ".repeat(LARGE / 3),
                "&a ".repeat(LARGE / 3),
                "a: &a [x]\nb: [*a, *a, *a, *a]\n",
                "a: &a [*a]\n",
                "<<: {job_id: a}\n",
                "--- a\n--- b\n",
                "%YAML 9.9\n---\na: b\n",
                "\u0000",
                "",
                "# nothing\n",
                "null",
                manyKeys());
    }

    private static String manyKeys() {
        StringBuilder text = new StringBuilder("asset_spec: {asset_id: a, name: B}\nrl_config:\n");
        for (int i = 0; text.length() < LARGE - 40; i++) {
            text.append("  max_stepz").append(i).append(": 1\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("floods")
    void aFloodIsAnsweredBriefly(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            JobFile.Result result = JobFile.parse(text, JobDefaults.none());
            assertThat(result)
                    .isInstanceOfSatisfying(
                            JobFile.Invalid.class,
                            invalid -> assertThat(invalid.problems())
                                    .isNotEmpty()
                                    .hasSizeLessThanOrEqualTo(Findings.MAX_PROBLEMS)
                                    .allSatisfy(problem ->
                                            assertThat(problem.toString()).hasSizeLessThan(20_000)));
        });
    }

    @Test
    void damagedExamplesNeverThrow() throws IOException {
        Random random = new Random(42);
        for (Path example : examples()) {
            String good = Files.readString(example);
            for (int i = 0; i < 300; i++) {
                assertThat(JobFile.parse(damaged(good, random), JobDefaults.none()))
                        .isNotNull();
            }
        }
    }

    @Test
    void randomPunctuationNeverThrows() {
        Random random = new Random(43);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length())));
            }
            assertThat(JobFile.parse(text.toString(), JobDefaults.none())).isNotNull();
        }
    }

    @Test
    void anyJobOverKafkaIsJudgedWithoutException() {
        RandomJobs jobs = new RandomJobs(44);
        for (int i = 0; i < 500; i++) {
            assertThat(JobRules.check(jobs.next(), Where.HERE)).isNotEmpty();
        }
    }

    @Test
    void filesThatCannotBeReadAreTold() throws IOException {
        assertThat(problem(folder.resolve("absent.yaml"))).contains("does not exist");
        assertThat(problem(folder)).contains("cannot be read");
        assertThat(problem(Files.write(
                        folder.resolve("latin1.yaml"), "n\u00e4me: x".getBytes(StandardCharsets.ISO_8859_1))))
                .contains("UTF-8");
        assertThat(problem(Files.writeString(folder.resolve("large.yaml"), "x".repeat(JobFile.MAX_SIZE + 1))))
                .contains("larger");
    }

    private static String problem(Path file) {
        JobFile.Result result = JobFile.read(file, JobDefaults.none());
        return ((JobFile.Invalid) result).problems().getFirst().getMessage();
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String damaged(String good, Random random) {
        StringBuilder text = new StringBuilder(good);
        for (int hit = random.nextInt(1, 4); hit > 0; hit--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length())));
                default -> text.setCharAt(at, PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length())));
            }
        }
        return text.toString();
    }
}
