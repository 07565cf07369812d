package dev.unitymlops.scheduler;

import static dev.unitymlops.scheduler.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, with a tick every second: none missing, none doubled. */
@ExtendWith(PlatformExtension.class)
class KilledSchedulerTest {

    private static final int KILLS = 20;

    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private Installation installation;
    private TopicReader<ScheduleTick> ticks;

    @BeforeEach
    void start(TestPlatform platform, @TempDir Path folder) {
        installation = new Installation(platform, folder, clock).with("scheduler.max-concurrency", "100000");
        ticks = installation.ticks();
    }

    @AfterEach
    void close() {
        installation.close();
        killer.shutdownNow();
    }

    /** Each time some other part of a second is hit: before, in and after the transaction of its tick. */
    @Test
    void twentyTimesInARow() throws Exception {
        installation.add(Definitions.secondly("a").setMissedTicks(MissedTicks.ALL));
        SchedulerProcess running = installation.startProcess();
        for (int kill = 0; kill < KILLS; kill++) {
            Instant now = awaitTickAfter(clock.instant());
            Instant at = now.plusMillis(1000L * kill / KILLS);
            killer.schedule(running::kill, Duration.between(clock.instant(), at).toMillis(), TimeUnit.MILLISECONDS)
                    .get();
            running = installation.startProcess();
        }
        awaitTickAfter(clock.instant());
        running.kill();

        List<ScheduleTick> all = decided();
        assertThat(all).extracting(ScheduleTick::getTickAt).isEqualTo(everySecond(all));
        assertThat(all).extracting(ScheduleTick::getDecision).containsOnly(TickDecision.FIRED);
        TopicReader<JobRequested> requests = installation.requests();
        assertThat(requests.readToEnd().stream().map(ConsumerRecord::key))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().flatMap(tick -> tick.getJobIds().stream()).toList());
    }

    @Test
    void theOtherInstanceTakesOverAndCatchesUpByPolicy() throws Exception {
        installation.add(Definitions.secondly("a"));
        List<SchedulerProcess> both = List.of(installation.startProcess(), installation.startProcess());
        both.forEach(SchedulerProcess::awaitReady);
        SchedulerProcess active = Awaitility.await("one that decides")
                .atMost(PATIENCE)
                .until(() -> decidingOf(both), deciding -> deciding.size() == 1)
                .getFirst();
        Instant killed = awaitTickAfter(clock.instant());
        active.kill();
        awaitTickAfter(killed.plus(Duration.ofSeconds(2)));
        awaitTickAfter(clock.instant());

        List<ScheduleTick> all = decided();
        assertThat(all).extracting(ScheduleTick::getTickAt).isEqualTo(everySecond(all));
        Duration gap = longestSilence(all);
        System.err.println("An instance was killed; the longest time without a decision was " + gap.toMillis() + " ms");
        assertThat(gap).isLessThan(PATIENCE);
        List<ScheduleTick> missed = all.stream()
                .filter(tick -> tick.getDecision() == TickDecision.SKIPPED)
                .toList();
        assertThat(missed)
                .hasSizeGreaterThan(2)
                .extracting(ScheduleTick::getPolicy)
                .containsOnly("missed_ticks=last");
    }

    private static List<SchedulerProcess> decidingOf(List<SchedulerProcess> processes) throws Exception {
        List<SchedulerProcess> deciding = new ArrayList<>();
        for (SchedulerProcess process : processes) {
            if (process.decides()) {
                deciding.add(process);
            }
        }
        return deciding;
    }

    /** Waits until a tick after that instant is decided, and gives it. */
    private Instant awaitTickAfter(Instant instant) {
        return ticks.await(
                        "a tick after " + instant,
                        read -> !read.isEmpty()
                                && read.getLast().value().getTickAt().isAfter(instant),
                        PATIENCE)
                .getLast()
                .value()
                .getTickAt();
    }

    /** As they stand on their one partition. */
    private List<ScheduleTick> decided() {
        return ticks.readToEnd().stream().map(ConsumerRecord::value).toList();
    }

    private static List<Instant> everySecond(List<ScheduleTick> ticks) {
        return Stream.iterate(
                        ticks.getFirst().getTickAt(),
                        tick -> !tick.isAfter(ticks.getLast().getTickAt()),
                        tick -> tick.plusSeconds(1))
                .toList();
    }

    private static Duration longestSilence(List<ScheduleTick> ticks) {
        Duration longest = Duration.ZERO;
        for (int i = 1; i < ticks.size(); i++) {
            Duration silence = Duration.between(
                    ticks.get(i - 1).getDecidedAt(), ticks.get(i).getDecidedAt());
            longest = silence.compareTo(longest) > 0 ? silence : longest;
        }
        return longest;
    }
}
