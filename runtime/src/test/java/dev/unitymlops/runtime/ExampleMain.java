package dev.unitymlops.runtime;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A service of two components that {@link ServiceProcessTest} runs in a JVM of its own. */
final class ExampleMain {
    private static final PrintStream OUT = System.out;

    enum Behaviour {
        SERVE,
        FAIL,
        MISS,
        UNREACHED,
        THROW,
        HANG
    }

    private ExampleMain() {}

    public static void main(String[] args) {
        var service = new Service<>(
                "example",
                s -> s.key("example.behaviour", "What it does.").choice(Behaviour.class, Behaviour.SERVE),
                (behaviour, metrics) -> List.of(new Part("first", Behaviour.SERVE), new Part("second", behaviour)));
        System.exit(service.run(args));
    }

    private record Part(String name, Behaviour behaviour) implements Component {
        @Override
        public void start(OnFatal onFatal) throws Exception {
            say("start");
            switch (behaviour) {
                case FAIL -> Thread.ofVirtual().start(() -> onFatal.stop(new IllegalStateException("it broke")));
                case MISS -> throw new MissingHere("no licence here");
                case UNREACHED -> throw new Unreachable("no broker there", null);
                case THROW -> throw new Exception("a fault of ours");
                case HANG -> new CountDownLatch(1).await();
                case SERVE -> {}
            }
        }

        @Override
        public void drain(Duration atMost) {
            say("drain");
        }

        @Override
        public void close() {
            say("close");
        }

        @Override
        public Health check() {
            return Health.up();
        }

        private void say(String what) {
            OUT.println(what + " " + name);
        }
    }
}
