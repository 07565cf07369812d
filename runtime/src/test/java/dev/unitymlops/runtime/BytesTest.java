package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0B",
        "1023, 1023, 1023B",
        "4096, 4096, 4KiB",
        "512MiB, 536870912, 512MiB",
        "2.5 gib, 2684354560, 2.5GiB",
        "1TiB, 1099511627776, 1TiB",
        "200GiB, 214748364800, 200GiB"
    })
    void an_amount_is_read_and_written(String written, long bytes, String text) {
        assertThat(Bytes.parse(written)).isEqualTo(bytes);
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }

    @Test
    void what_some_take_for_ten_to_the_ninth_is_none() {
        assertThatThrownBy(() -> Bytes.parse("2GB")).hasMessageContaining("is no number of bytes");
        assertThatThrownBy(() -> Bytes.parse("-1")).hasMessageContaining("is no number of bytes");
    }
}
