package dev.unitymlops.system.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.schedule.cron.CronSchedule;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.testkit.PythonVenv;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cron expressions that croniter, the original pipeline's library, proposes. Skipped where pip cannot install, unless MLOPS_REQUIRE_FOREIGN=true. */
class CroniterTest {
    private static final Path FOLDER = Checkout.file("system-tests/src/test/python/croniter");
    private static final List<String> ZONES = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    private static final int SEED = 4;
    private static final int EXPRESSIONS = 1000;

    private static Path python;

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        python = new PythonVenv(Checkout.root().resolve("system-tests/target/croniter"))
                .with(FOLDER.resolve("requirements.txt"));
    }

    /** Each in a zone of its own, years of ticks where they are far apart; croniter knows local times only. */
    @Test
    void firesWhenCroniterDoesExceptOnDaysOnWhichTheClockChanges() throws Exception {
        Random random = new Random(SEED);
        Process proposals = new ProcessBuilder(
                        python.toString(), FOLDER.resolve("propose.py").toString(), "" + SEED, "" + EXPRESSIONS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int checked = 0;
        try (BufferedReader lines = proposals.inputReader()) {
            ObjectMapper json = new ObjectMapper();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                check(json.readTree(line), ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
                checked++;
            }
        } finally {
            proposals.destroyForcibly();
        }
        assertThat(checked).isEqualTo(EXPRESSIONS);
    }

    private static void check(JsonNode proposal, ZoneId zone) {
        String expression = proposal.get("expression").textValue();
        LocalDateTime after = LocalDateTime.parse(proposal.get("after").textValue());
        List<LocalDateTime> expected = new ArrayList<>();
        proposal.get("ticks").forEach(tick -> expected.add(LocalDateTime.parse(tick.textValue())));
        if (expected.isEmpty()) {
            assertThatThrownBy(() -> CronSchedule.parse(expression, CronDialect.UNIX, zone))
                    .as(expression)
                    .hasMessageStartingWith("never fires");
            return;
        }
        CronSchedule schedule = CronSchedule.parse(expression, CronDialect.UNIX, zone);
        assertThat(onQuietDays(ticks(schedule, after, expected.getLast()), zone))
                .as("%s in %s after %s", expression, zone, after)
                .isEqualTo(onQuietDays(expected, zone));
    }

    private static List<LocalDateTime> ticks(CronSchedule schedule, LocalDateTime after, LocalDateTime last) {
        ZoneId zone = schedule.zone();
        List<LocalDateTime> ticks = new ArrayList<>();
        LocalDateTime local = after;
        Optional<Instant> tick = schedule.next(after.atZone(zone).toInstant());
        while (tick.isPresent() && !local.isAfter(last)) {
            local = tick.get().atZone(zone).toLocalDateTime();
            ticks.add(local);
            tick = schedule.next(tick.get());
        }
        ticks.removeIf(later -> later.isAfter(last));
        return ticks;
    }

    private static List<LocalDateTime> onQuietDays(List<LocalDateTime> ticks, ZoneId zone) {
        return ticks.stream().filter(tick -> isQuiet(tick.toLocalDate(), zone)).toList();
    }

    /** Whether no clock is changed on the day, nor at its ends. */
    private static boolean isQuiet(LocalDate day, ZoneId zone) {
        Instant start = day.atStartOfDay(zone).toInstant();
        ZoneOffsetTransition change = zone.getRules().nextTransition(start.minusSeconds(1));
        if (change == null) {
            return true;
        }
        return change.getDateTimeBefore().toLocalDate().isAfter(day)
                && change.getDateTimeAfter().toLocalDate().isAfter(day);
    }
}
