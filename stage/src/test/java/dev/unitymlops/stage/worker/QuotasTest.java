package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotasTest {

    @Test
    void withoutASettingNoProjectHasALimit() {
        assertThat(read(Map.of()).of("yard")).isEmpty();
    }

    @Test
    void aProjectHasItsOwnLimitOrThatOfAllOthers() {
        Quotas quotas = read(Map.of("queue.quota.yard", "3", "queue.quota.default", "1"));
        assertThat(quotas.of("yard")).hasValue(3);
        assertThat(quotas.of("farm")).hasValue(1);
        assertThat(read(Map.of("queue.quota.yard", "3")).of("farm")).isEmpty();
    }

    @Test
    void whatIsNoNumberOfJobsIsRefused() {
        assertThatThrownBy(() -> read(Map.of("queue.quota.yard", "0", "queue.quota.farm", "many")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("queue.quota.yard")
                .hasMessageContaining("queue.quota.farm");
    }

    private static Quotas read(Map<String, String> settings) {
        return Settings.of(settings).read(Quotas::from);
    }
}
