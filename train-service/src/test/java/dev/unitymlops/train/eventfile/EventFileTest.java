package dev.unitymlops.train.eventfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final String REWARD = "Environment/Cumulative Reward";

    @TempDir
    private Path folder;

    private Path write(String name, byte[]... records) throws IOException {
        return Files.write(folder.resolve("events.out.tfevents." + name), EventFiles.framed(records));
    }

    /** RFC 3720 B.4: CRC-32C of "123456789" is e3069283; masked as TensorFlow's crc32c.h does. */
    @Test
    void masksTheChecksumAsTensorFlowDoes() {
        int crc = 0xe3069283;
        int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;

        assertThat(EventFile.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(masked);
    }

    @Test
    void readsScalarsAndTheCountOfHistograms() throws Exception {
        Path file = write(
                "1700000000.host.1.0",
                EventFiles.version(),
                EventFiles.scalar(1_000, REWARD, -0.5f),
                EventFiles.histogram(1_000, REWARD + "_hist", 12));

        assertThat(EventFile.read(file))
                .containsExactly(
                        new SummaryValue.Scalar(REWARD, 1_000, -0.5),
                        new SummaryValue.Histogram(REWARD + "_hist", 1_000, 12));
    }

    @Test
    void endsAtARecordThatIsCutOff() throws Exception {
        byte[] whole = EventFiles.framed(EventFiles.scalar(1, "a", 1f), EventFiles.scalar(2, "a", 2f));
        int first = EventFiles.framed(EventFiles.scalar(1, "a", 1f)).length;
        for (int length = first; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("events.out.tfevents.1"), Arrays.copyOf(whole, length));

            assertThat(EventFile.read(file)).containsExactly(new SummaryValue.Scalar("a", 1, 1));
        }
    }

    @Test
    void refusesADamagedRecord() throws Exception {
        byte[] bytes = EventFiles.framed(EventFiles.scalar(1, "a", 1f));
        for (int position : new int[] {0, 9, 14, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[position] ^= 0x10;
            Path file = Files.write(folder.resolve("events.out.tfevents.1"), damaged);

            assertThatThrownBy(() -> EventFile.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("record 0");
        }
    }

    @Test
    void aResumedAttemptReplacesWhatItWroteAgain() throws Exception {
        write(
                "1700000000.host.1.0",
                EventFiles.scalar(1_000, REWARD, -0.9f),
                EventFiles.histogram(1_000, REWARD + "_hist", 10),
                EventFiles.scalar(2_000, REWARD, -0.7f),
                EventFiles.histogram(2_000, REWARD + "_hist", 11));
        write(
                "1700000500.host.2.0",
                EventFiles.scalar(2_000, REWARD, -0.5f),
                EventFiles.histogram(2_000, REWARD + "_hist", 20),
                EventFiles.scalar(3_000, REWARD, Float.NaN),
                EventFiles.scalar(3_000, "Policy/Beta", 0.25f));

        TrainingCurves curves = TrainingCurves.read(folder);

        assertThat(curves.firstMeanReward()).isEqualTo((double) -0.9f);
        assertThat(curves.lastMeanReward()).isEqualTo(-0.5);
        assertThat(curves.episodes()).isEqualTo(30);
        assertThat(curves.last()).isEqualTo(Map.of(REWARD, -0.5, "Policy/Beta", 0.25));
    }

    @Test
    void inventsNothingWhereThereIsNothing() throws Exception {
        TrainingCurves curves = TrainingCurves.read(folder.resolve("none"));

        assertThat(curves.lastMeanReward()).isNull();
        assertThat(curves.firstMeanReward()).isNull();
        assertThat(curves.episodes()).isNull();
        assertThat(curves.last()).isEmpty();
    }

    @Test
    void leavesADamagedFileOut() throws Exception {
        write("1700000000.host.1.0", EventFiles.scalar(1_000, REWARD, 1f));
        Path damaged = write("1700000001.host.1.0", EventFiles.scalar(2_000, REWARD, 2f));
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[0] ^= 1;
        Files.write(damaged, bytes);

        assertThat(TrainingCurves.read(folder).lastMeanReward()).isEqualTo(1.0);
    }
}
