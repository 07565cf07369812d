package dev.unitymlops.cli.schedules;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.schedule.cron.CronSchedule;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops schedule preview}. */
@Command(
        name = "preview",
        description = "Show when a cron expression fires; nothing is written and no platform needed.")
public final class PreviewCommand implements Callable<Integer> {
    private final Say say;
    private final Clock clock;

    @Parameters(paramLabel = "EXPR", description = "A cron expression, such as '0 2 * * *'.")
    private String expression = "";

    @Option(names = "--zone", paramLabel = "ZONE", defaultValue = "UTC", description = "Default: ${DEFAULT-VALUE}.")
    private String zone = "UTC";

    @Option(names = "--from", paramLabel = "TIME", description = "Such as 2026-10-04T00:00:00Z. Default: now.")
    private @Nullable String from;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many ticks. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(names = "--dialect", paramLabel = "D", defaultValue = "unix", description = "unix (five fields) or quartz.")
    private String dialect = "unix";

    public PreviewCommand(Say say, Clock clock) {
        this.say = say;
        this.clock = clock;
    }

    /**
     * A tick.
     *
     * @param tick in UTC
     * @param local the same instant in the zone
     */
    record Preview(Instant tick, String local, String zone) {}

    @Override
    public Integer call() {
        var problems = new ArrayList<InvalidSettings.Problem>();
        ZoneId where = read("--zone", zone, ZoneId::of, "give a name of the IANA database", problems)
                .orElse(ZoneId.of("UTC"));
        CronDialect how = read("--dialect", dialect, PreviewCommand::dialect, "give unix or quartz", problems)
                .orElse(CronDialect.UNIX);
        Instant since = from == null
                ? clock.instant()
                : read("--from", from, PreviewCommand::instant, "give a time with its offset", problems)
                        .orElse(Instant.EPOCH);
        Optional<CronSchedule> cron =
                read("EXPR", expression, text -> CronSchedule.parse(text, how, where), "see `man 5 crontab`", problems);
        if (count < 1) {
            problems.add(new InvalidSettings.Problem("-n", String.valueOf(count), "is no number from 1", "give one"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        cron.ifPresent(schedule -> show(schedule, since, where));
        return ExitCode.DONE.code();
    }

    /** An instant that is itself a tick is shown. */
    private void show(CronSchedule schedule, Instant since, ZoneId where) {
        Optional<Instant> tick = schedule.next(since.minusNanos(1));
        for (int shown = 0; shown < count && tick.isPresent(); shown++) {
            String local =
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(tick.get().atZone(where));
            say.answer(new Preview(tick.get(), local, where.getId()), tick.get() + "  " + local);
            tick = schedule.next(tick.get());
        }
    }

    private static <T> Optional<T> read(
            String option,
            String text,
            Function<String, T> parse,
            String remedy,
            List<InvalidSettings.Problem> problems) {
        try {
            return Optional.of(parse.apply(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            problems.add(new InvalidSettings.Problem(option, text, String.valueOf(e.getMessage()), remedy));
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static CronDialect dialect(String word) {
        return switch (word) {
            case "unix" -> CronDialect.UNIX;
            case "quartz" -> CronDialect.QUARTZ;
            default -> throw new IllegalArgumentException("is no dialect");
        };
    }
}
