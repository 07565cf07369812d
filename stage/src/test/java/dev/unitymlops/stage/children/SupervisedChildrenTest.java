package dev.unitymlops.stage.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs of these tests use setsid of util-linux")
class SupervisedChildrenTest {

    private static final Duration LITTLE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void exitCodesComeAsTheyAre() throws Exception {
        assertThat(run("exit 0").code()).isZero();
        assertThat(run("exit 3").code()).isEqualTo(3);
        assertThat(run("exit 3").timedOut()).isFalse();
    }

    @Test
    void aSignalIsOneHundredAndTwentyEightAndItsNumber() throws Exception {
        assertThat(run("kill -TERM $$").code()).isEqualTo(143);
        assertThat(run("kill -KILL $$").code()).isEqualTo(137);
    }

    @Test
    void bothStreamsGoToTheLogAndLineByLineToTheListener() throws Exception {
        ChildExit exit = children()
                .run(programs()
                        .shell("echo one; echo two >&2; printf 'three\\r\\n\\nno newline at the end'", lines::add));

        assertThat(lines).containsExactly("one", "two", "three", "", "no newline at the end");
        assertThat(exit.tail()).isEqualTo(lines);
        assertThat(programs().log()).hasContent("one\ntwo\nthree\r\n\nno newline at the end");
    }

    @Test
    void whatIsNoUtf8IsReplacedForTheListenerAndKeptInTheLog() throws Exception {
        children().run(programs().shell("printf 'a\\377b\\n'", lines::add));

        assertThat(lines).containsExactly("a\uFFFDb");
        assertThat(programs().log()).hasBinaryContent(new byte[] {'a', (byte) 0xFF, 'b', '\n'});
    }

    @Test
    void aLineIsCutForTheListenerAndTheTailKeepsTheLastForty() throws Exception {
        ChildExit exit =
                children().run(programs().python("print('x' * 100_000)\nfor i in range(100): print(i)", lines::add));

        assertThat(lines).hasSize(101);
        assertThat(lines.getFirst()).hasSize(Output.LINE_BYTES);
        assertThat(exit.tail()).hasSize(Output.TAIL_LINES).startsWith("60").endsWith("99");
    }

    @Test
    void standardInputIsEmptyAndTheSessionIsItsOwn() throws Exception {
        children()
                .run(programs()
                        .python(
                                "import os,sys; print(sys.stdin.read() == '', os.getsid(0) == os.getpid())",
                                lines::add));

        assertThat(lines).containsExactly("True True");
    }

    @Test
    void theEnvironmentIsAnAllowList() throws Exception {
        Map<String, String> service = new HashMap<>(System.getenv());
        service.putAll(Map.of(
                "AWS_SECRET_ACCESS_KEY", "x",
                "GOOGLE_APPLICATION_CREDENTIALS", "x",
                "KAFKA_SASL_JAAS_CONFIG", "x",
                "UNITY_PASSWORD", "x",
                "LC_TIME", "C",
                "CUDA_VISIBLE_DEVICES", "1",
                "OWN", "overridden"));

        new SupervisedChildren(service, () -> LITTLE, LITTLE).run(programs().shell("env", lines::add));

        assertThat(lines).contains("LC_TIME=C", "CUDA_VISIBLE_DEVICES=1", "OWN=yes");
        assertThat(lines).anyMatch(line -> line.startsWith("MLOPS_CHILD="));
        assertThat(lines)
                .noneMatch(
                        line -> line.matches("(AWS|GOOGLE|KAFKA|UNITY|MLOPS)_.*") && !line.startsWith("MLOPS_CHILD="));
    }

    @Test
    void aProgramGetsNoMoreMemoryThanItsLimit() throws Exception {
        String takes200MiB = "b = bytearray(200 << 20); print(len(b))";
        ChildCommand unlimited = programs().python(takes200MiB, line -> {});
        ChildCommand limited = new ChildCommand(
                unlimited.argv(),
                unlimited.directory(),
                unlimited.environment(),
                unlimited.log(),
                unlimited.onLine(),
                unlimited.timeout(),
                100 << 20);

        assertThat(children().run(unlimited).code()).isZero();
        ChildExit refused = children().run(limited);
        assertThat(refused.code()).isOne();
        assertThat(refused.tail()).last().isEqualTo("MemoryError");
    }

    @Test
    void aProgramWhoseTimeIsUpMaySaveItsWork() throws Exception {
        ChildExit exit = new SupervisedChildren(System.getenv(), () -> LITTLE, Duration.ofMinutes(1))
                .run(programs()
                        .shell(Duration.ofSeconds(1), "trap 'echo saved; exit 7' INT; while :; do sleep 0.05; done"));

        assertThat(exit).isEqualTo(new ChildExit(7, true, List.of("saved")));
    }

    @Test
    void aProgramThatIgnoresSigintIsKilledWithItsWholeFamily() throws Exception {
        Attempt attempt = new Attempt(() -> LITTLE, "trap '' INT\n" + TestPrograms.FAMILY + "wait");
        programs().written("pids", 4);

        attempt.thread.interrupt();
        attempt.thread.join();

        assertThat(attempt.thrown).isInstanceOf(InterruptedException.class);
        assertThat(programs().running("pids")).isEmpty();
    }

    @Test
    void whatAProgramLeavesBehindIsGoneWhenItHasEnded() throws Exception {
        assertThat(run(TestPrograms.FAMILY + "exit 5").code()).isEqualTo(5);

        assertThat(programs().written("pids", 4)).hasSize(4);
        assertThat(programs().running("pids")).isEmpty();
    }

    @Test
    void anInterruptStopsTheProgramAndLetsItSave() throws Exception {
        Attempt attempt = new Attempt(
                () -> Duration.ofMinutes(1), "trap 'echo done > saved; exit 0' INT; " + TestPrograms.FAMILY + "wait");
        programs().written("pids", 4);

        attempt.thread.interrupt();
        attempt.thread.join();

        assertThat(attempt.thrown).isInstanceOf(InterruptedException.class);
        assertThat(folder.resolve("saved")).exists();
        assertThat(programs().running("pids")).isEmpty();
    }

    @Test
    void anAttemptThatWasStoppedBeforeStartsNothing() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> run("echo x > started"));
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void aSecondInterruptShortensTheGrace() throws Exception {
        List<Duration> graces = new ArrayList<>(List.of(Duration.ofMinutes(10), LITTLE));
        Attempt attempt = new Attempt(
                graces::removeFirst,
                "trap 'echo x >> interrupted' INT; " + TestPrograms.FAMILY + "while :; do wait; done");
        programs().written("pids", 4);

        attempt.thread.interrupt();
        programs().written("interrupted", 1);
        attempt.thread.interrupt();
        attempt.thread.join();

        assertThat(attempt.thrown).isInstanceOf(InterruptedException.class);
        assertThat(programs().written("interrupted", 1)).as("one SIGINT only").hasSize(1);
        assertThat(programs().running("pids")).isEmpty();
    }

    @Test
    void aKilledSupervisorIsReportedAndSweptUpAfter() {
        assertThatExceptionOfType(StageFailure.class)
                .isThrownBy(() -> run(TestPrograms.FAMILY + "kill -KILL $PPID; exec sleep 300"))
                .withMessageContainingAll("supervisor", "'sh'", "137");

        // Orphans of a killed supervisor are the system's: it takes them when it likes.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> programs().running("pids").isEmpty());
    }

    @Test
    void aMissingProgramIsNamedWithThePathThatWasSearched() {
        ChildCommand missing = programs().command(TestPrograms.LONG, lines::add, "no-such-trainer");
        SupervisedChildren children = new SupervisedChildren(Map.of("PATH", "/usr/bin:/nowhere"), () -> LITTLE, LITTLE);

        assertThatExceptionOfType(StageFailure.class)
                .isThrownBy(() -> children.run(missing))
                .withMessageContainingAll("no-such-trainer", "/usr/bin:/nowhere")
                .satisfies(failure -> assertThat(failure.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE));
    }

    @Test
    void aProgramThatCannotBeExecutedIsNamedWithTheRemedy() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain"), "exit 0\n");
        assertThatExceptionOfType(StageFailure.class)
                .isThrownBy(() -> children().run(programs().command(TestPrograms.LONG, lines::add, "./plain")))
                .withMessageContaining("chmod +x");

        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatExceptionOfType(StageFailure.class)
                .isThrownBy(() -> children().run(programs().command(TestPrograms.LONG, lines::add, "./plain")))
                .withMessageContaining("Exec format error");
    }

    @Test
    void anErrorOfTheListenerEndsTheProgramAndIsThrown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> children().run(programs().shell("echo one; exec sleep 300", line -> {
                    throw new IllegalStateException("cannot take " + line);
                })))
                .withMessage("cannot take one");
    }

    @Test
    void aLogThatCannotBeWrittenIsNamed() {
        ChildCommand command = new ChildCommand(
                List.of("true"), folder, Map.of(), folder.resolve("no/such/log"), lines::add, TestPrograms.LONG);

        assertThatExceptionOfType(StageFailure.class)
                .isThrownBy(() -> children().run(command))
                .withMessageContaining("no/such/log");
    }

    private ChildExit run(String script) throws Exception {
        return children().run(programs().shell(script));
    }

    private TestPrograms programs() {
        return new TestPrograms(folder);
    }

    private SupervisedChildren children() {
        return new SupervisedChildren(System.getenv(), () -> LITTLE, LITTLE);
    }

    /** A program on a thread of its own, as a worker runs it. */
    private final class Attempt {

        final Thread thread;
        volatile Throwable thrown;

        Attempt(Supplier<Duration> stopGrace, String script) {
            SupervisedChildren children = new SupervisedChildren(System.getenv(), stopGrace, LITTLE);
            thread = Thread.ofPlatform().start(() -> {
                try {
                    children.run(programs().shell(script));
                } catch (StageFailure | InterruptedException e) {
                    thrown = e;
                }
            });
        }
    }
}
