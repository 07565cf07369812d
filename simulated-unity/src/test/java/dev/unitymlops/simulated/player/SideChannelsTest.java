package dev.unitymlops.simulated.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SideChannelsTest {

    /** The environment parameters' GUID as the trainer writes it. */
    private static final String GUID = "1e894c530f81ea11a9d0822485860400";

    @Test
    void readsRecordsOfKnownAndUnknownChannels() {
        String unknown = "2c3451e97e4fea11b238784f4387d1f7" + "04000000" + "02000000";
        String gravity = GUID + "13000000" + "07000000" + "67726176697479" + "00000000" + "cdcc1c41";
        List<SideChannels.Message> messages = SideChannels.parse(bytes(unknown + gravity));
        assertThat(messages)
                .extracting(SideChannels.Message::channel)
                .containsExactly(
                        UUID.fromString("e951342c-4f7e-11ea-b238-784f4387d1f7"), SideChannels.ENVIRONMENT_PARAMETERS);

        EnvironmentParameters parameters = new EnvironmentParameters();
        parameters.accept(messages.getLast().payload());
        assertThat(parameters.value("gravity", 0)).isEqualTo(9.8f);
        assertThat(parameters.value("wind", 2)).isEqualTo(2f);
    }

    @Test
    void drawsFromASamplerAtEachReading() {
        String wind = "04000000" + "77696e64" + "01000000" + "02000000" + "00000000" + "0000003f" + "0000c03f";
        EnvironmentParameters parameters = parameters(wind);
        float first = parameters.value("wind", 0);
        assertThat(first).isBetween(0.5f, 1.5f).isNotEqualTo(parameters.value("wind", 0));
        assertThat(parameters(wind).value("wind", 0)).isEqualTo(first);
    }

    @Test
    void drawsFromSeveralIntervals() {
        EnvironmentParameters parameters = parameters("01000000" + "77" + "01000000" + "02000000" + "02000000"
                + "04000000" + "00000000" + "0000803f" + "00002041" + "00003041");
        boolean low = false;
        boolean high = false;
        for (int draw = 0; draw < 50; draw++) {
            float value = parameters.value("w", 0);
            low |= value >= 0 && value <= 1;
            high |= value >= 10 && value <= 11;
            assertThat(value <= 1 || value >= 10).isTrue();
        }
        assertThat(low && high).isTrue();
    }

    @Test
    void refusesARecordThatIsCutShort() {
        assertThatThrownBy(() -> SideChannels.parse(bytes(GUID + "13000000" + "07")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("says 19 bytes, 1 are left");
    }

    private static EnvironmentParameters parameters(String payload) {
        EnvironmentParameters parameters = new EnvironmentParameters();
        parameters.accept(bytes(payload).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        return parameters;
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
