package dev.unitymlops.system.faults;

import static dev.unitymlops.system.faults.Part.BROKER;
import static dev.unitymlops.system.faults.Part.BUILDERS;
import static dev.unitymlops.system.faults.Part.CLUSTER;
import static dev.unitymlops.system.faults.Part.PRODUCERS;
import static dev.unitymlops.system.faults.Part.REGISTRARS;
import static dev.unitymlops.system.faults.Part.SCHEMAS;
import static dev.unitymlops.system.faults.Part.STORE;
import static dev.unitymlops.system.faults.Part.TRAINERS;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can happen to a part of the fleet, and how it is healed. */
enum Fault {
    KILL("SIGKILL, started again", List.of(BUILDERS, TRAINERS, REGISTRARS, BROKER, CLUSTER, SCHEMAS)) {
        @Override
        Duration lasting(RandomGenerator random) {
            return Duration.ofMillis(random.nextInt(0, 4_000));
        }

        @Override
        void strike(Fleet fleet, Hit hit) throws Exception {
            fleet.member(hit.member()).kill();
        }

        @Override
        void heal(Fleet fleet, Hit hit) throws Exception {
            fleet.member(hit.member()).start();
        }
    },
    PAUSE("SIGSTOP beyond the lease, SIGCONT", List.of(BUILDERS, TRAINERS, REGISTRARS, BROKER, CLUSTER)) {
        @Override
        Duration lasting(RandomGenerator random) {
            return beyondTheLease(random);
        }

        @Override
        void strike(Fleet fleet, Hit hit) throws Exception {
            fleet.member(hit.member()).pause();
        }

        @Override
        void heal(Fleet fleet, Hit hit) throws Exception {
            fleet.member(hit.member()).resume();
        }
    },
    CUT("network to the broker cut both ways beyond the lease", List.of(BUILDERS, TRAINERS, REGISTRARS)) {
        @Override
        Duration lasting(RandomGenerator random) {
            return beyondTheLease(random);
        }

        @Override
        void strike(Fleet fleet, Hit hit) {
            fleet.links(hit.member()).forEach(Link::cut);
        }

        @Override
        void heal(Fleet fleet, Hit hit) {
            fleet.links(hit.member()).forEach(Link::mend);
        }
    },
    REPEATS("events sent again, in another order", List.of(PRODUCERS)) {
        @Override
        void strike(Fleet fleet, Hit hit) {
            fleet.bothersome().repeat();
        }
    },
    POISON("records that nobody can read", List.of(PRODUCERS)) {
        @Override
        void strike(Fleet fleet, Hit hit) {
            fleet.bothersome().poison();
        }
    },
    FULL("disk under the artifacts full", List.of(STORE)) {
        @Override
        Duration lasting(RandomGenerator random) {
            return Duration.ofMillis(random.nextInt(1_000, 8_000));
        }

        @Override
        void strike(Fleet fleet, Hit hit) throws Exception {
            fleet.disk().fill();
        }

        @Override
        void heal(Fleet fleet, Hit hit) throws Exception {
            fleet.disk().free();
        }
    };

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Part> strikes;

    Fault(String words, List<Part> strikes) {
        this.words = words;
        this.strikes = strikes;
    }

    /** For reports. */
    String words() {
        return words;
    }

    List<Part> strikes() {
        return strikes;
    }

    /** How long until it is healed. */
    Duration lasting(RandomGenerator random) {
        return Duration.ZERO;
    }

    abstract void strike(Fleet fleet, Hit hit) throws Exception;

    /** Starts the healing and does not wait for its end. */
    void heal(Fleet fleet, Hit hit) throws Exception {}

    private static Duration beyondTheLease(RandomGenerator random) {
        long lease = Fleet.LEASE.toMillis();
        return Duration.ofMillis(random.nextLong(lease * 6 / 5, lease * 2));
    }
}
