package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.TickCommand;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void everyBodyIsItsCommand() throws IOException {
        FailedCommand failure = Samples.failure(1, 2, "w", true, false, 7);
        Map<Object, Command> bodies = Map.of(
                new InputCommand(3, Samples.input("h")),
                new Command.Input(3, Samples.input("h")),
                new CancelCommand(3, "why"),
                new Command.Cancel(3, "why"),
                new RetryCommand(3, true),
                new Command.Retry(3, true),
                new ClaimCommand(3, 9L, "w"),
                new Command.Claim(3, 9, "w"),
                new BeatCommand(3, 4, "w"),
                new Command.Beat(3, 4, "w"),
                new DeclineCommand(3, 4, "w", 5L, "why"),
                new Command.Decline(3, 4, "w", 5, "why"),
                new DoneCommand(3, 4, "w", Samples.event("e")),
                new Command.Done(3, 4, "w", Samples.event("e")),
                failure,
                new Command.Failed(1, 2, "w", failure),
                new TickCommand(1, "task", 2L),
                new Command.Tick(1, "task", 2));
        for (var body : bodies.entrySet()) {
            StageCommand read = StageCommand.fromByteBuffer(new StageCommand(body.getKey()).toByteBuffer());
            assertThat(Command.of(read)).isEqualTo(body.getValue());
        }
    }

    @Test
    void aBodyOfANewerVersionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of(new StageCommand("something new")))
                .withMessageContaining("newer version");
    }
}
