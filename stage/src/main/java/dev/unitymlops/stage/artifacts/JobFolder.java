package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * A job's folder in the store. Nothing is created before it is asked for. Thread-safe: it holds no state.
 *
 * <p>Every method that touches the store throws {@link IOException} when the store cannot be reached.
 */
public final class JobFolder {

    private static final String RUN = "run-";
    private static final String ATTEMPT = "attempt-";
    private static final List<Stage> STAGES = List.of(Stage.BUILD, Stage.TRAIN, Stage.REGISTRY);

    private final Path root;
    private final String jobId;
    private final Path folder;

    JobFolder(Path root, String jobId) {
        this.root = root;
        this.jobId = jobId;
        this.folder = root.resolve(jobId);
    }

    public String jobId() {
        return jobId;
    }

    /** Of the store, in which this folder is. */
    public Path root() {
        return root;
    }

    public Path path() {
        return folder;
    }

    /** Content hash of the job that has this folder; empty when none has claimed it. */
    public Optional<String> identity() throws IOException {
        return new JobIdentity(folder).contentHash();
    }

    /**
     * Makes this the folder of the job with this content: {@code job.json} is written at the first claim.
     *
     * @throws JobRefused when it belongs to a job of the same id with other content, naming both hashes
     */
    public void claim(TrainingJob job, String contentHash) throws JobRefused, IOException {
        new JobIdentity(created(folder)).claim(job, contentHash);
    }

    /**
     * Locks the folder against every other process until closed; where the store is no disk, against those of this
     * machine only.
     *
     * @throws JobRefused when another process, or another part of this one, has it
     */
    public JobLock lock() throws JobRefused, IOException {
        return JobLock.of(created(folder), jobId);
    }

    /** Creates the attempt's folder, or finds it, and returns it. */
    public Path attempt(int run, Stage stage, int attempt) throws IOException {
        return created(attemptFolder(new AttemptId(jobId, run, stage, attempt)));
    }

    /** Folders of this stage's attempts with a lower number, newest first; they may be incomplete. */
    public List<Path> earlier(int run, Stage stage, int before) throws IOException {
        return numbered(stageFolder(run, stage), ATTEMPT).stream()
                .filter(attempt -> number(attempt, ATTEMPT) < before)
                .toList();
    }

    /** Folders of this stage's attempts in this run, newest first. */
    public List<Path> attempts(int run, Stage stage) throws IOException {
        return earlier(run, stage, Integer.MAX_VALUE);
    }

    /** Folders of all attempts of all runs. */
    public List<Path> attempts() throws IOException {
        List<Path> attempts = new ArrayList<>();
        for (int run : runs()) {
            for (Stage stage : STAGES) {
                attempts.addAll(attempts(run, stage));
            }
        }
        return attempts;
    }

    /** The latest run that has a folder; 0 when there is none. */
    public int latestRun() throws IOException {
        return runs().stream().findFirst().orElse(0);
    }

    /** The runs that have a folder, newest first. */
    public List<Integer> runs() throws IOException {
        return numbered(folder, RUN).stream().map(run -> number(run, RUN)).toList();
    }

    /**
     * Commits the result, at once and for good: one fsync on a disk, one put elsewhere. Returns {@code result.json}.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the store is no disk and another process has committed this
     *     attempt; its result is the one that counts
     */
    public Path commit(AttemptResult result) throws IOException {
        Path attempt = attemptFolder(result.id());
        return ResultFile.commit(created(attempt), result);
    }

    /** The committed results of a run, stage by stage and in the order of attempts; unreadable ones are left out and logged. */
    public List<AttemptResult> results(int run) throws IOException {
        List<AttemptResult> results = new ArrayList<>();
        for (Stage stage : STAGES) {
            results.addAll(results(run, stage));
        }
        return results;
    }

    /** The same of one stage. */
    public List<AttemptResult> results(int run, Stage stage) throws IOException {
        List<AttemptResult> results = new ArrayList<>();
        for (Path attempt : attempts(run, stage).reversed()) {
            ResultFile.read(attempt).ifPresent(results::add);
        }
        return results;
    }

    /** Folders of this stage's attempts in this run whose result is there but cannot be understood, newest first. */
    public List<Path> unreadable(int run, Stage stage) throws IOException {
        List<Path> unreadable = new ArrayList<>();
        for (Path attempt : attempts(run, stage)) {
            if (ResultFile.isIn(attempt) && ResultFile.read(attempt).isEmpty()) {
                unreadable.add(attempt);
            }
        }
        return unreadable;
    }

    /**
     * The event of an earlier attempt that succeeded in this run and stage with this content: there is nothing left to
     * do but to publish it. Unreadable results are not adopted, and named in the log.
     */
    public <O extends SpecificRecord> Optional<O> adopt(int run, Stage stage, String contentHash, Class<O> type)
            throws IOException {
        for (Path attempt : attempts(run, stage)) {
            Optional<AttemptResult> result = ResultFile.read(attempt);
            if (result.isPresent()
                    && result.get().contentHash().equals(contentHash)
                    && result.get().ending() instanceof AttemptResult.Ending.Succeeded succeeded) {
                return Optional.of(type.cast(succeeded.event()));
            }
        }
        return Optional.empty();
    }

    private Path attemptFolder(AttemptId id) {
        if (!id.jobId().equals(jobId)) {
            throw new IllegalArgumentException("an attempt of job " + id.jobId() + " in the folder of job " + jobId);
        }
        return stageFolder(id.run(), id.stage()).resolve(ATTEMPT + id.attempt());
    }

    private Path stageFolder(int run, Stage stage) {
        return folder.resolve(RUN + run).resolve(stage.name().toLowerCase(Locale.ROOT));
    }

    /** A symbolic link on the way would let a job write elsewhere. */
    private Path created(Path path) throws IOException {
        Path made = Files.createDirectories(path);
        Path expected = root.toRealPath().resolve(root.relativize(path));
        if (!made.toRealPath().equals(expected)) {
            throw new IOException(path + " leads elsewhere through a symbolic link, to " + made.toRealPath());
        }
        return made;
    }

    private static List<Path> numbered(Path folder, String prefix) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> number(child, prefix) > 0)
                    .sorted(Comparator.comparingInt((Path child) -> number(child, prefix))
                            .reversed())
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** 0 when the name is not the prefix and a number as this class writes it. */
    private static int number(Path folder, String prefix) {
        String name = folder.getFileName().toString();
        return name.matches(prefix + "[1-9]\\d{0,8}") ? Integer.parseInt(name.substring(prefix.length())) : 0;
    }
}
