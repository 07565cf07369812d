package dev.unitymlops.stage.artifacts;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.folders.RemoveFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where artifacts are: {@code <root>/<job_id>/run-<n>/{build,train,registry}/attempt-<m>/}. Immutable.
 *
 * <p>A root is a path or a URI of any {@code java.nio.file} provider on the class path, such as {@code gs://bucket/folder}.
 * A job's {@code output_dir} picks
 * the root or one of the allowed ones; {@value #DEFAULT_OUTPUT_DIR}, its default, always stands for the service's own
 * root, so that the same job file works wherever that is.
 */
public final class ArtifactStore {

    /** The default of a job's {@code output_dir}. */
    public static final String DEFAULT_OUTPUT_DIR = "artifacts";

    /** Folder of the file registry, beside the jobs' folders; therefore no job id. */
    public static final String REGISTRY_FOLDER = "registry";

    /** A scheme has two characters at least, so that C:\\ is a path. */
    private static final Pattern URI_WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final Path root;
    private final List<Path> allowedRoots;

    public ArtifactStore(Path root, List<Path> allowedRoots) {
        this.root = absolute(root);
        this.allowedRoots = allowedRoots.stream().map(ArtifactStore::absolute).toList();
    }

    /**
     * The store at some places.
     *
     * @param root path or URI, the setting {@code artifacts.root}
     * @param allowedRoots paths or URIs, the setting {@code artifacts.allowed-roots}
     * @throws IllegalArgumentException when one is neither, or a URI of a provider that is not on the class path
     */
    public static ArtifactStore at(String root, List<String> allowedRoots) {
        return new ArtifactStore(
                location(root),
                allowedRoots.stream().map(ArtifactStore::location).toList());
    }

    public Path root() {
        return root;
    }

    /** Everything that keeps this store from giving the job a folder; empty when nothing does. */
    public List<Problem> problems(String jobId, String outputDir) {
        List<Problem> problems = new ArrayList<>();
        if (!Names.safe(jobId) || jobId.equals(REGISTRY_FOLDER)) {
            problems.add(problem(
                    "job_id",
                    jobId,
                    "cannot name a folder of the artifact store",
                    "Use letters, digits, dot, underscore and hyphen, not a leading dot, at most 128 characters, not '"
                            + REGISTRY_FOLDER + "'."));
        }
        if (chosen(outputDir).isEmpty()) {
            problems.add(problem(
                    "output_dir",
                    outputDir,
                    "is neither the services' artifacts.root nor one of artifacts.allowed-roots",
                    "Leave it out, or use one of: "
                            + roots().map(Path::toString).collect(Collectors.joining(", ")) + "."));
        }
        return problems;
    }

    /**
     * The job's folder, not created yet.
     *
     * @throws JobRefused with {@link #problems}
     */
    public JobFolder job(String jobId, String outputDir) throws JobRefused {
        List<Problem> problems = problems(jobId, outputDir);
        if (!problems.isEmpty()) {
            throw new JobRefused(problems);
        }
        return new JobFolder(chosen(outputDir).orElseThrow(), jobId);
    }

    public JobFolder job(TrainingJob job) throws JobRefused {
        return job(job.getJobId(), job.getOutputDir());
    }

    /** The folders that a job may have, in the root and the allowed ones; what a root holds besides is left out. */
    public List<JobFolder> jobs() throws IOException {
        List<JobFolder> jobs = new ArrayList<>();
        for (Path each : roots().toList()) {
            folders(each, name -> Names.safe(name) && !name.equals(REGISTRY_FOLDER))
                    .forEach(folder ->
                            jobs.add(new JobFolder(each, folder.getFileName().toString())));
        }
        return jobs;
    }

    /** Folders that somebody was deleting, in the root and the allowed ones. */
    public List<Path> leftovers() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path each : roots().toList()) {
            found.addAll(folders(each, name -> name.startsWith(RemoveFolder.ASIDE)));
        }
        return found;
    }

    /** By name; none of a root that nobody has made. */
    private static List<Path> folders(Path root, Predicate<String> named) throws IOException {
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(child -> named.test(child.getFileName().toString()))
                    .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private Optional<Path> chosen(String outputDir) {
        if (outputDir.equals(DEFAULT_OUTPUT_DIR)) {
            return Optional.of(root);
        }
        try {
            Path asked = location(outputDir);
            return roots().filter(asked::equals).findFirst();
        } catch (IllegalArgumentException noSuchPlace) {
            return Optional.empty();
        }
    }

    private Stream<Path> roots() {
        return Stream.concat(Stream.of(root), allowedRoots.stream()).distinct();
    }

    private static Path location(String location) {
        try {
            boolean uri = URI_WITH_SCHEME.matcher(location).matches();
            return absolute(uri ? Path.of(URI.create(location)) : Path.of(location));
        } catch (InvalidPathException | FileSystemNotFoundException e) {
            throw new IllegalArgumentException(
                    "'" + location + "' is neither a path nor a URI that a file system on the class path serves", e);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    static Problem problem(String field, String value, String message, String remedy) {
        return new Problem(field, TextNode.valueOf(value).toString(), message, remedy);
    }
}
