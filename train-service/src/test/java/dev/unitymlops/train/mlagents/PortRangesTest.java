package dev.unitymlops.train.mlagents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.stage.StageFailure;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a range of ports that nothing else here uses. */
class PortRangesTest {

    private static final int FIRST = 30_000;

    @TempDir
    private Path folder;

    private PortRanges ranges(int ports) {
        return new PortRanges(folder, FIRST, FIRST + ports - 1);
    }

    @Test
    void rangesOfTwoTrainingsAreDisjoint() throws Exception {
        PortRanges ranges = ranges(96);
        try (PortRange one = ranges.claim(20);
                PortRange other = ranges.claim(1)) {
            assertThat(one.first()).isEqualTo(FIRST);
            assertThat(other.first()).isEqualTo(FIRST + 32);
        }
    }

    @Test
    void aRangeThatIsClosedIsFreeAgain() throws Exception {
        ranges(16).claim(16).close();
        try (PortRange again = ranges(16).claim(16)) {
            assertThat(again.first()).isEqualTo(FIRST);
        }
    }

    /** Closing a second channel on a lock file would drop the process's lock: the other process would get the range. */
    @Test
    void anotherProcessNeitherGetsNorBreaksARange() throws Exception {
        PortRanges ranges = ranges(16);
        try (PortRange mine = ranges.claim(1)) {
            assertThatThrownBy(() -> ranges.claim(1)).isInstanceOf(StageFailure.class);
            assertThat(claimElsewhere(16)).isEqualTo("refused");
        }
        assertThat(claimElsewhere(16)).isEqualTo(String.valueOf(FIRST));
    }

    @Test
    void blocksAreTheSameForServicesWithDifferentSettings() throws Exception {
        PortRanges shifted = new PortRanges(folder, FIRST + 1, FIRST + 47);
        try (PortRange one = ranges(48).claim(17);
                PortRange other = shifted.claim(1)) {
            assertThat(one.first()).isEqualTo(FIRST);
            assertThat(other.first()).isEqualTo(FIRST + 32);
        }
    }

    @Test
    void portsOfOtherProgramsArePassedOver() throws Exception {
        try (ServerSocket taken = new ServerSocket(FIRST + 3, 1, InetAddress.getLoopbackAddress());
                PortRange range = ranges(32).claim(8)) {
            assertThat(taken.isBound()).isTrue();
            assertThat(range.first()).isEqualTo(FIRST + 16);
        }
    }

    @Test
    void saysWhichSettingsToWidenWhenNothingIsFree() {
        assertThatThrownBy(() -> ranges(16).claim(17))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("no 17 free ports")
                .hasMessageContaining("train.last-port");
    }

    @Test
    void aLockOfADeadProcessIsNoLock() throws Exception {
        try (FileChannel left = FileChannel.open(
                folder.resolve(FIRST + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(left.isOpen()).isTrue();
        }
        try (PortRange range = ranges(16).claim(1)) {
            assertThat(range.first()).isEqualTo(FIRST);
        }
    }

    private String claimElsewhere(int ports) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClaimOnce.class.getName(),
                        folder.toString(),
                        String.valueOf(FIRST),
                        String.valueOf(FIRST + ports - 1))
                .redirectErrorStream(true)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String said = out.readLine();
            process.waitFor();
            return said;
        }
    }

    /** Another process that claims one port and says which one. */
    static final class ClaimOnce {
        private ClaimOnce() {}

        public static void main(String[] args) {
            PortRanges ranges = new PortRanges(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            try (PortRange range = ranges.claim(1)) {
                System.out.println(range.first());
            } catch (StageFailure e) {
                System.out.println("refused");
            }
        }
    }
}
