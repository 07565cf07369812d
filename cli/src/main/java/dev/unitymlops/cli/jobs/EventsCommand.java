package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventRow;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.cli.view.EventText;
import dev.unitymlops.job.Suggestion;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops events}. */
@Command(name = "events", description = "List the events of a job or of a topic, in the order in which they happened.")
public final class EventsCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "A job's id; without one, those of all.")
    private @Nullable String job;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only those of one topic, such as model-promoted; needed without JOB.")
    private @Nullable String topic;

    @Option(names = "--progress", description = "With those that tell how it got on.")
    private boolean progress;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public EventsCommand(Say say, FindCluster find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException {
        List<JobEvent> events = topic == null ? ofJob() : ofTopic(named(topic));
        if (say.json()) {
            events.forEach(event -> say.answer(EventRow.ofAny(event), ""));
        } else {
            say.text(events.isEmpty() ? "There are no such events." : table(events));
        }
        return ExitCode.DONE.code();
    }

    private List<JobEvent> ofJob() throws IOException {
        if (job == null) {
            throw new ParameterException(spec.commandLine(), "Name a job, or a topic with --topic.");
        }
        return KnownJob.of(find.find(), job).events().stream()
                .filter(event -> progress || !event.topic().equals(Topics.JOB_PROGRESS.name()))
                .toList();
    }

    private List<JobEvent> ofTopic(TopicSpec one) throws IOException {
        Cluster cluster = find.find();
        try (var reader = EventReader.fromBeginning(cluster, List.of(one))) {
            return reader.history().stream()
                    .filter(event -> job == null || event.jobId().equals(job))
                    .sorted(JobEvent.BY_TIME)
                    .toList();
        }
    }

    private static TopicSpec named(String name) {
        List<String> names =
                EventTopics.WITH_PROMOTIONS.stream().map(TopicSpec::name).toList();
        return EventTopics.WITH_PROMOTIONS.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSettings(List.of(new InvalidSettings.Problem(
                        "--topic",
                        name,
                        "is no topic that tells of jobs or models",
                        Suggestion.nearest(name, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("choose one of " + String.join(", ", names))))));
    }

    private String table(List<JobEvent> events) {
        var table = new Table("TIME", "TOPIC", "AT", "SAYS");
        for (JobEvent event : events) {
            table.row(
                    event.time().toString(),
                    event.topic(),
                    event.partition() + "/" + event.offset(),
                    (job == null ? event.jobId() + "  " : "") + EventText.of(event));
        }
        return table.text();
    }
}
