package dev.unitymlops.system.faults;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import dev.unitymlops.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The broker or the registry that {@code mlops up} runs, in a process of its own. */
public final class PlatformPart {
    /** What a member of the fleet waits for in the log. */
    static final String READY = "Serving at ";

    /** Milliseconds: the oracle reads what stood on compacted topics from the first record on. */
    static final String NEVER_COMPACTED = Long.toString(Duration.ofDays(7).toMillis());

    private PlatformPart() {}

    /** Takes {@code broker <folder> <port>} or {@code registry <bootstrap servers> <port>}. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[2]);
        String address = switch (arguments[0]) {
            case "broker" -> broker(Path.of(arguments[1]), port).bootstrapServers();
            case "registry" -> EmbeddedRegistry.start(arguments[1], port).url();
            default -> throw new IllegalArgumentException(arguments[0] + " is neither broker nor registry");
        };
        System.out.println(READY + address);
        new CountDownLatch(1).await();
    }

    private static EmbeddedBroker broker(Path folder, int port) {
        return EmbeddedBroker.start(BrokerOptions.in(folder)
                .onPort(port)
                // a name, which every member of the fleet may resolve to an address of its own
                .with("advertised.listeners", "CLIENTS://localhost:" + port)
                .with("log.cleaner.min.compaction.lag.ms", NEVER_COMPACTED));
    }
}
