package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFileTest {
    private static final int META_SPACE = 33;

    @TempDir
    private Path folder;

    @Test
    void readsTheHead() throws IOException {
        DemoFile demo = DemoFile.read(write("a.demo", recording(2, List.of(), List.of(4))));
        assertThat(demo).isEqualTo(new DemoFile("MyAgent", 3, 2, List.of(), List.of(List.of(4))));
    }

    @Test
    void readsTheDeprecatedActionFieldsOfOldFiles() throws IOException {
        byte[] brain = message(out -> {
            out.writeByteArray(3, message(packed -> {
                packed.writeInt32NoTag(3);
                packed.writeInt32NoTag(2);
            }));
            out.writeEnum(6, 0);
            out.writeString(7, "Old");
        });
        DemoFile demo = DemoFile.read(write("old.demo", file(3, brain, List.of(List.of(4)))));
        assertThat(demo.discreteBranches()).containsExactly(3, 2);
        assertThat(demo.continuousActions()).isZero();
    }

    @Test
    void damagedFilesAreToldAndNothingElseIsThrown() throws IOException {
        byte[] good = recording(2, List.of(), List.of(4));
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int hit = 0; hit < 3 && bad.length > 0; hit++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(DemoFile.of(bad)).isNotNull();
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("it ");
            }
        }
    }

    @Test
    void anEmptyRecordingIsRefused() throws IOException {
        Path file = write("none.demo", file(0, brain(2, List.of()), List.of()));
        assertThatThrownBy(() -> DemoFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds no step");
    }

    @Test
    void aRealRunNeedsARecordingOfItsOwnSpaces() throws IOException {
        assertThat(problems(write("fits.demo", recording(2, List.of(), List.of(4)))))
                .isEmpty();
        assertThat(problems(write("actions.demo", recording(1, List.of(3), List.of(4)))))
                .singleElement()
                .extracting(Problem::getMessage)
                .asString()
                .contains("1 continuous actions and discrete branches [3]");
        assertThat(problems(write("seen.demo", recording(2, List.of(), List.of(4, 15)))))
                .singleElement()
                .extracting(Problem::getMessage)
                .asString()
                .contains("[[4], [15]]");
        assertThat(problems(write(
                        "words.demo",
                        "not a demonstration, but a text of some length".getBytes(StandardCharsets.UTF_8))))
                .hasSize(1);
        assertThat(problems(write("fits.txt", recording(2, List.of(), List.of(4)))))
                .hasSize(1);
        assertThat(problems(folder.resolve("absent.demo"))).hasSize(1);
    }

    @Test
    void everyFileOfAFolderMustFit() throws IOException {
        Path demos = Files.createDirectory(folder.resolve("demos"));
        assertThat(problems(demos))
                .singleElement()
                .extracting(Problem::getMessage)
                .isEqualTo("holds no .demo file");
        Files.write(demos.resolve("a.demo"), recording(2, List.of(), List.of(4)));
        Files.write(demos.resolve("b.demo"), recording(3, List.of(), List.of(4)));
        assertThat(problems(demos))
                .singleElement()
                .extracting(Problem::getValue)
                .asString()
                .contains("b.demo");
    }

    @Test
    void aPathThatExistsElsewhereOnlyIsFineForADryRunAndElsewhere() {
        TrainingJob job = job(folder.resolve("absent.demo"));
        assertThat(JobRules.check(job, Where.ELSEWHERE)).isEmpty();
        job.setDryRun(true);
        assertThat(JobRules.check(job, Where.HERE)).isEmpty();
    }

    private List<Problem> problems(Path demo) {
        return JobRules.check(job(demo), Where.HERE);
    }

    private static TrainingJob job(Path demo) {
        TrainingJob job = Jobs.with("dry_run", "false", "rl_config.training_mode", "\"Hybrid\"");
        job.getRlConfig().setDemonstrationPath(demo.toString());
        return job;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** Three steps of an agent with vector observations of these sizes. */
    private static byte[] recording(int continuous, List<Integer> branches, List<Integer> sizes) throws IOException {
        return file(3, brain(continuous, branches), sizes.stream().map(List::of).toList());
    }

    private static byte[] brain(int continuous, List<Integer> branches) throws IOException {
        return message(out -> {
            out.writeString(7, "MyAgent");
            out.writeByteArray(9, message(spec -> {
                spec.writeInt32(1, continuous);
                spec.writeInt32(2, branches.size());
                spec.writeByteArray(3, message(packed -> {
                    for (int branch : branches) {
                        packed.writeInt32NoTag(branch);
                    }
                }));
            }));
        });
    }

    private static byte[] file(int steps, byte[] brain, List<List<Integer>> shapes) throws IOException {
        byte[] meta = delimited(message(out -> {
            out.writeInt32(1, 1);
            out.writeString(2, "demo");
            out.writeInt32(3, steps);
        }));
        byte[] info = message(out -> {
            for (List<Integer> shape : shapes) {
                out.writeByteArray(13, message(observation -> {
                    observation.writeByteArray(1, message(packed -> {
                        for (int side : shape) {
                            packed.writeInt32NoTag(side);
                        }
                    }));
                    observation.writeString(8, "sensor");
                }));
            }
            out.writeInt32(10, 1);
        });
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Arrays.copyOf(meta, META_SPACE));
        file.writeBytes(delimited(brain));
        for (int step = 0; step < steps; step++) {
            file.writeBytes(delimited(message(out -> out.writeByteArray(1, info))));
        }
        file.writeBytes(meta);
        return file.toByteArray();
    }

    private static byte[] delimited(byte[] message) throws IOException {
        return message(out -> {
            out.writeUInt32NoTag(message.length);
            out.writeRawBytes(message);
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
