package dev.unitymlops.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until a test moves it, also backwards. Any thread may read and move it. */
public final class SettableClock extends Clock {
    private final Hand hand;
    private final ZoneId zone;

    private SettableClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    /** In UTC. */
    public static SettableClock at(Instant start) {
        return new SettableClock(new Hand(start), ZoneOffset.UTC);
    }

    public void set(Instant instant) {
        hand.set(instant);
    }

    /** Moves it by {@code step} and gives the new time. */
    public Instant advance(Duration step) {
        return hand.advance(step);
    }

    @Override
    public Instant instant() {
        return hand.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, seen from another zone: it moves with this one. */
    @Override
    public Clock withZone(ZoneId other) {
        return new SettableClock(hand, other);
    }

    /** What the views of one clock share. */
    private static final class Hand {
        private Instant now;

        Hand(Instant now) {
            this.now = now;
        }

        synchronized Instant now() {
            return now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized Instant advance(Duration step) {
            now = now.plus(step);
            return now;
        }
    }
}
