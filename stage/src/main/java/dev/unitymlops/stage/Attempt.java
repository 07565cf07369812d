package dev.unitymlops.stage;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.children.Children;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** One attempt at a stage of a job, as its handler sees it. */
public interface Attempt {

    /** The whole job. */
    TrainingJob job();

    /** Run of the job, from 1. */
    int run();

    /** Attempt of the stage in this run, from 1. */
    int number();

    /** SHA-256 of the job's canonical JSON, 64 lower-case hexadecimal digits. */
    String contentHash();

    /** Slot of the worker that this attempt occupies, from 0: no two running attempts of a worker share one. */
    int slot();

    /** When the attempt started. */
    Instant startedAt();

    /** This attempt's folder in the artifact store; it exists and only this attempt writes below it. */
    Path folder();

    /** An empty folder on the local file system, deleted after the attempt. */
    Path scratch();

    /**
     * Folders of earlier attempts to resume from, newest first: those of this run and, when the retry asked for it,
     * those of the run before. They may be incomplete.
     */
    List<Path> earlier();

    /** Tells dashboards how the attempt gets on. */
    Progress progress();

    /**
     * Whether this attempt still has its job, by all that was decided before the question. It waits until the worker has
     * read that, which takes as long as the broker is away. To be asked before something that only the holder may do,
     * and that cannot be taken back.
     */
    Standing standing() throws InterruptedException;

    /** How an attempt stands to its job. */
    enum Standing {
        /** It has it. */
        HELD,
        /** It has it, but somebody has cancelled the job: what is done by now counts, nothing new is to be begun. */
        CANCELLED,
        /** Another one has it, or nobody can tell any more. */
        LOST
    }

    /** Starts outside programs, which end with this attempt. */
    Children children();
}
