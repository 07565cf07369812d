package dev.unitymlops.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Writes down what it is asked to do. */
final class RecordingComponent implements Component {
    private final String name;
    private final List<String> calls;
    private @Nullable Exception startFailure;
    private @Nullable RuntimeException closeFailure;
    private @Nullable RuntimeException checkFailure;
    private boolean hangsInDrain;
    private Health health = Health.up();

    @Nullable
    OnFatal onFatal;

    RecordingComponent(String name, List<String> calls) {
        this.name = name;
        this.calls = calls;
    }

    RecordingComponent failingToStart(Exception failure) {
        startFailure = failure;
        return this;
    }

    RecordingComponent failingToClose(RuntimeException failure) {
        closeFailure = failure;
        return this;
    }

    RecordingComponent hangingInDrain() {
        hangsInDrain = true;
        return this;
    }

    RecordingComponent failingToCheck(RuntimeException failure) {
        checkFailure = failure;
        return this;
    }

    RecordingComponent with(Health checked) {
        health = checked;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(OnFatal whenFatal) throws Exception {
        calls.add("start " + name);
        onFatal = whenFatal;
        if (startFailure != null) {
            throw startFailure;
        }
    }

    @Override
    public void drain(Duration atMost) throws InterruptedException {
        calls.add("drain " + name + " " + atMost.toSeconds());
        if (hangsInDrain) {
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        calls.add("close " + name);
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    @Override
    public Health check() {
        if (checkFailure != null) {
            throw checkFailure;
        }
        return health;
    }
}
