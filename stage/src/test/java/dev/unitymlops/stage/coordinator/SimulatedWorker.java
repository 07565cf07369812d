package dev.unitymlops.stage.coordinator;

import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A worker as bad as one can be: it reads late, claims what is gone, reports on attempts that it lost long ago, on some
 * twice, and on others' attempts.
 */
final class SimulatedWorker {

    private final String id;
    private final Random random;
    private final Supplier<List<World.Work>> committed;
    private final BiConsumer<String, Command> send;
    private final Map<String, Live> view = new HashMap<>();
    private final List<World.Work> given = new ArrayList<>();
    private int read;

    SimulatedWorker(String id, Random random, Supplier<List<World.Work>> committed, BiConsumer<String, Command> send) {
        this.id = id;
        this.random = random;
        this.committed = committed;
        this.send = send;
    }

    String id() {
        return id;
    }

    void act() {
        int dice = random.nextInt(10);
        if (dice < 4) {
            read(1 + random.nextInt(4));
        } else if (dice < 7) {
            claim();
        } else {
            report();
        }
    }

    private void read(int most) {
        List<World.Work> records = committed.get();
        for (int i = 0; i < most && read < records.size(); i++) {
            World.Work record = records.get(read++);
            if (record.live() == null) {
                view.remove(record.jobId());
            } else {
                view.put(record.jobId(), record.live());
                if (record.live().phase() instanceof Held held && held.worker().equals(id)) {
                    given.add(record);
                }
            }
        }
    }

    private void claim() {
        view.forEach((job, live) -> {
            if (live.phase() instanceof Queued || random.nextInt(20) == 0) {
                send.accept(job, new Command.Claim(live.run(), live.version() - (random.nextInt(10) == 0 ? 1 : 0), id));
            }
        });
    }

    private void report() {
        if (given.isEmpty()) {
            return;
        }
        World.Work about = random.nextInt(3) > 0 ? given.getLast() : given.get(random.nextInt(given.size()));
        int run = about.live().run();
        int attempt = about.live().attempt() + (random.nextInt(15) == 0 ? 1 : 0);
        String who = random.nextInt(15) == 0 ? "w0" : id;
        send.accept(
                about.jobId(),
                switch (random.nextInt(8)) {
                    case 0 -> new Command.Done(run, attempt, who, Samples.event("event"));
                    case 1 -> new Command.Decline(run, attempt, who, random.nextBoolean() ? 0 : 2_000, "drained");
                    case 2, 3 -> Samples.failed(run, attempt, who, true, true);
                    case 4 -> Samples.failed(run, attempt, who, true, false);
                    case 5 -> Samples.failed(run, attempt, who, random.nextBoolean(), true);
                    default -> new Command.Beat(run, attempt, who);
                });
    }
}
