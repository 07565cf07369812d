package dev.unitymlops.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.JobFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker is away for minutes, {@code -Dfaults.outage=PT5M}, while a training goes on and ends. */
@Tag("faults")
class LongOutageTest {
    private static final Duration OUTAGE = Duration.parse(System.getProperty("faults.outage", "PT5M"));

    @Test
    void aTrainingGoesOnAndItsEventComesAfterwards() throws Exception {
        Path folder = Path.of("target", "faults", "outage-" + Instant.now().toEpochMilli())
                .toAbsolutePath();
        try (Fleet fleet = Fleet.start(folder, new Fleet.Size(1, 1, 1, 1, 1), null)) {
            Path started = folder.resolve("started");
            Path go = folder.resolve("go");
            fleet.submit(JobFiles.waitingAtFirst("steady", started, go));
            Awaitility.await("the training").atMost(Fleet.PATIENCE).until(() -> Files.exists(started));
            long training = Long.parseLong(Files.readString(started));

            Member broker = fleet.member(Part.BROKER.word());
            Instant away = Instant.now();
            broker.kill();
            fleet.evidence().readUntil(away.plus(OUTAGE.dividedBy(2)));
            assertThat(ProcessHandle.of(training)).as("the training").isPresent();
            Files.createFile(go);
            Awaitility.await("the end of the training")
                    .atMost(Fleet.PATIENCE)
                    .until(() -> ProcessHandle.of(training).isEmpty());
            fleet.evidence().readUntil(away.plus(OUTAGE));
            Instant back = Instant.now();
            broker.start();

            fleet.evidence().awaitEnds(fleet.accepted(), Fleet.PATIENCE);
            Duration late = Duration.between(back, Instant.now());
            Verdict verdict = Oracle.judge(fleet);
            System.out.println("Outage of %s: the model was registered %s after the broker's start; %s"
                    .formatted(OUTAGE, late, verdict));
            assertThat(verdict.all()).isEmpty();
            assertThat(verdict.models()).isEqualTo(1);
            assertThat(fleet.evidence().events(Topics.MODEL_REGISTERED))
                    .singleElement()
                    .satisfies(it -> {
                        ModelRegistered end = (ModelRegistered) it.value();
                        assertThat(end.getTraining().getAttempt())
                                .as("taken from nobody")
                                .isEqualTo(1);
                    });
        }
    }
}
