package dev.unitymlops.cli.jobfile;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.JobFile;
import dev.unitymlops.job.Where;
import java.nio.file.Path;
import java.util.Map;

/** Reads the job files that commands are given, with what the environment says where a file is silent. */
public final class ReadJobFile {
    private final JobDefaults defaults;

    public ReadJobFile(Map<String, String> environment) {
        this.defaults = new JobDefaults(environment);
    }

    Verdict verdict(Path file) {
        return Verdict.of(file, JobFile.read(file, defaults));
    }

    /**
     * The job of a file; warnings are told.
     *
     * @param where whose paths the job's are
     * @throws InvalidFile when anything is wrong with it
     */
    public TrainingJob job(Path file, Where where, Say say) {
        JobFile.Result result = JobFile.read(file, defaults, where);
        if (result instanceof JobFile.Valid valid) {
            valid.warnings().forEach(warning -> say.tell("Warning: " + warning));
            return valid.job();
        }
        Verdict verdict = Verdict.of(file, result);
        throw new InvalidFile(verdict, verdict.text());
    }
}
