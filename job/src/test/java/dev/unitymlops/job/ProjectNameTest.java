package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectNameTest {

    @ParameterizedTest
    @CsvSource({
        "/srv/unity/Yard, Yard",
        "/srv/unity/Yard/, Yard",
        "C:\\games\\Yard, Yard",
        "Yard, Yard",
        "simulated:reach-target, simulated:reach-target",
        "., default",
        "../.., default",
        "/, default"
    })
    void withoutAProjectTheUnityProjectsFolderNamesIt(String path, String name) {
        TrainingJob job = new TrainingJob();
        job.setUnityProjectPath(path);
        assertThat(ProjectName.of(job)).isEqualTo(name);
    }

    @Test
    void theJobsOwnWordCounts() {
        TrainingJob job = new TrainingJob();
        job.setUnityProjectPath("/srv/unity/Yard");
        job.setProject("team-a");
        assertThat(ProjectName.of(job)).isEqualTo("team-a");
    }
}
