package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private final Random random = new Random(1);

    @Test
    void readsBackWhatItWrites() {
        var begun = TraceParent.begin(random);

        assertThat(TraceParent.parse(begun.header())).contains(begun);
        assertThat(TraceParent.parse(GIVEN).map(TraceParent::header)).contains(GIVEN);
    }

    @Test
    void aChildStaysInTheTraceUnderASpanOfItsOwn() {
        var child = TraceParent.continued(GIVEN, random);

        assertThat(child.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(child.spanId()).isNotEqualTo("b7ad6b7169203331").matches("[0-9a-f]{16}");
        assertThat(child.sampled()).isTrue();
    }

    @Test
    void whatIsNotSampledStaysUnsampled() {
        assertThat(TraceParent.continued(GIVEN.replaceAll("01$", "00"), random).header())
                .endsWith("-00");
    }

    @Test
    void aLaterVersionMayHaveMoreFields() {
        assertThat(TraceParent.parse("cc" + GIVEN.substring(2) + "-what-ever")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
            })
    void aMalformedOneBeginsANewTrace(String text) {
        assertThat(TraceParent.parse(text)).isEmpty();
        assertThat(TraceParent.continued(text, random).traceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
    }
}
