package dev.unitymlops.cli.jobs;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventRow;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.cli.view.EventText;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.schemas.Topics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops events}. */
@Command(name = "events", description = "List the events of a job, in the order in which they happened.")
public final class EventsCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;

    @Parameters(paramLabel = "JOB", description = "A job's id.")
    private @Nullable String job;

    @Option(names = "--progress", description = "With those that tell how it got on.")
    private boolean progress;

    public EventsCommand(Say say, FindCluster find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException {
        List<JobEvent> events = KnownJob.of(find.find(), requireNonNull(job)).events().stream()
                .filter(event -> progress || !event.topic().equals(Topics.JOB_PROGRESS.name()))
                .toList();
        if (say.json()) {
            events.forEach(event -> say.answer(EventRow.of(event), ""));
        } else {
            say.text(table(events));
        }
        return ExitCode.DONE.code();
    }

    private static String table(List<JobEvent> events) {
        var table = new Table("TIME", "TOPIC", "AT", "SAYS");
        for (JobEvent event : events) {
            table.row(
                    event.time().toString(),
                    event.topic(),
                    event.partition() + "/" + event.offset(),
                    EventText.of(event));
        }
        return table.text();
    }
}
