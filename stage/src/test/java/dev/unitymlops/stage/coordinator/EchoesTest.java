package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.TickCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EchoesTest {

    private static final Duration LEASE = Duration.ofSeconds(4);

    private long nanos = 5;
    private final Echoes echoes = new Echoes(3, LEASE, () -> nanos);

    @Test
    void nothingIsSentWhileNobodyHoldsAJob() {
        assertThat(echoes.due()).isEmpty();
        echoes.heard("job");
        echoes.released("job");
        assertThat(echoes.due()).isEmpty();
    }

    @Test
    void theNextTickWaitsForTheEchoAndAQuarterOfALease() {
        echoes.heard("job");
        TickCommand first = sent(echoes.due());
        assertThat(first.getPartition()).isEqualTo(3);
        pass(LEASE);
        assertThat(echoes.due()).as("the first has not come back").isEmpty();
        comesBack(first);
        TickCommand second = sent(echoes.due());
        comesBack(second);
        assertThat(echoes.due()).as("a quarter has not passed").isEmpty();
        pass(LEASE.dividedBy(4));
        assertThat(echoes.due()).isPresent();
    }

    @Test
    void timeWithoutEchoesSilencesNobody() {
        echoes.heard("job");
        assertThat(echoes.due()).isPresent();
        for (int i = 0; i < 100; i++) {
            pass(LEASE);
            assertThat(echoes.due()).isEmpty();
        }
    }

    @Test
    void aHolderIsSilentOverFourEchoes() {
        echoes.heard("silent");
        echoes.heard("alive");
        for (int i = 0; i < 4; i++) {
            assertThat(echo()).isEmpty();
            echoes.heard("alive");
        }
        assertThat(echo()).containsExactly("silent");
        echoes.released("silent");
        assertThat(echo()).isEmpty();
    }

    @Test
    void onlyTheOutstandingEchoCounts() {
        echoes.heard("job");
        TickCommand tick = sent(echoes.due());
        assertThat(echoes.cameBack(new Command.Tick(3, "another task", tick.getSequence())))
                .isEmpty();
        assertThat(echoes.cameBack(new Command.Tick(3, tick.getTask(), tick.getSequence() - 1)))
                .isEmpty();
        pass(LEASE);
        assertThat(echoes.due()).as("still outstanding").isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(comesBack(tick)).as("one tick is one echo").isEmpty();
        }
    }

    private List<String> echo() {
        pass(LEASE.dividedBy(4));
        return comesBack(sent(echoes.due()));
    }

    private List<String> comesBack(TickCommand tick) {
        return echoes.cameBack(new Command.Tick(tick.getPartition(), tick.getTask(), tick.getSequence()));
    }

    private static TickCommand sent(Optional<StageCommand> tick) {
        return (TickCommand) tick.orElseThrow().getBody();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
