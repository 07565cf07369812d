package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrayReportsTest {

    private final StrayReports strays = new StrayReports("build");

    @Test
    void areNewsOncePerWorkerAndAttempt() {
        assertThat(strays.isNews("job", new Command.Beat(1, 2, "w"))).isTrue();
        assertThat(strays.isNews("job", new Command.Beat(1, 2, "w"))).isFalse();
        assertThat(strays.isNews("job", new Command.Silence(1, 2, "w"))).isFalse();
        assertThat(strays.isNews("job", new Command.Beat(1, 3, "w"))).isTrue();
        assertThat(strays.isNews("job", new Command.Beat(2, 2, "w"))).isTrue();
        assertThat(strays.isNews("job", new Command.Beat(1, 2, "v"))).isTrue();
        assertThat(strays.isNews("other", new Command.Beat(1, 2, "w"))).isTrue();
    }

    @Test
    void areForgottenInTheOrderInWhichTheyCame() {
        for (int attempt = 0; attempt <= StrayReports.MOST; attempt++) {
            assertThat(strays.isNews("job", new Command.Beat(1, attempt, "w"))).isTrue();
        }
        assertThat(strays.isNews("job", new Command.Beat(1, StrayReports.MOST, "w")))
                .isFalse();
        assertThat(strays.isNews("job", new Command.Beat(1, 0, "w")))
                .as("the first was forgotten")
                .isTrue();
    }
}
