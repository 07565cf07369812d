package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.schemas.TrustedPackages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Inputs and commands as tests need them. */
final class Samples {

    static final int MAX_ATTEMPTS = 3;

    static {
        TrustedPackages.trust();
    }

    private Samples() {}

    static StageInput input(String contentHash) {
        return StageInput.newBuilder()
                .setRecord(new RecordCoordinates("job-requested", 2, 40L))
                .setContentHash(contentHash)
                .setPriority(5)
                .setMaxAttempts(MAX_ATTEMPTS)
                .setDryRun(true)
                .setAssetId("asset-1")
                .setScheduleId("nightly")
                .setWebhookUrl("endpoint:team")
                .setRequestedBy("tests")
                .setTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();
    }

    static ByteBuffer event(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static Command.Failed failed(int run, int attempt, String worker, boolean retry, boolean usesAttempt) {
        return new Command.Failed(run, attempt, worker, failure(run, attempt, worker, retry, usesAttempt, 0));
    }

    static FailedCommand failure(
            int run, int attempt, String worker, boolean retry, boolean usesAttempt, long retryAfterMs) {
        return FailedCommand.newBuilder()
                .setRun(run)
                .setAttempt(attempt)
                .setWorker(worker)
                .setRetry(retry)
                .setUsesAttempt(usesAttempt)
                .setRetryAfterMs(retryAfterMs)
                .setCause(usesAttempt ? FailureCause.INFRASTRUCTURE : FailureCause.LICENCE)
                .setMessages(List.of("the disk is full"))
                .setLogTail("last line")
                .setArtifacts("file:///artifacts/j/run-1/build/attempt-1")
                .build();
    }

    /** An offer of this worker that takes anything. */
    static Offer offerOf(String worker) {
        return new Offer() {
            @Override
            public boolean takes(StageInput input) {
                return true;
            }

            @Override
            public String worker() {
                return worker;
            }
        };
    }
}
