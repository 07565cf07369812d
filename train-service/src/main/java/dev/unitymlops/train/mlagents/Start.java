package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.TrainingInput;
import java.util.List;

/** Where a training begins. */
sealed interface Start {

    /** What it reads for that, as the event tells it. */
    List<TrainingInput> inputs();

    /** With random weights at step 0. */
    record Fresh() implements Start {
        @Override
        public List<TrainingInput> inputs() {
            return List.of();
        }
    }

    /**
     * With the weights of another job, at step 0.
     *
     * @param checkpoints its {@code .pt} files in the store
     */
    record From(String runId, List<ArtifactFile> checkpoints) implements Start {

        public From {
            checkpoints = List.copyOf(checkpoints);
        }

        @Override
        public List<TrainingInput> inputs() {
            return as("initial-checkpoint", checkpoints);
        }
    }

    /**
     * Where an earlier attempt's checkpoint set left off.
     *
     * @param checkpoints the set's {@code .pt} files in the store
     */
    record Resume(List<ArtifactFile> checkpoints) implements Start {

        public Resume {
            checkpoints = List.copyOf(checkpoints);
        }

        @Override
        public List<TrainingInput> inputs() {
            return as("resumed-checkpoint", checkpoints);
        }
    }

    private static List<TrainingInput> as(String role, List<ArtifactFile> files) {
        return files.stream().map(file -> new TrainingInput(role, file)).toList();
    }
}
