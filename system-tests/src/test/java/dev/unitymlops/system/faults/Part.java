package dev.unitymlops.system.faults;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.train.TrainMain;
import java.util.List;

/** What a fault strikes: a row of the matrix. */
enum Part {
    BUILDERS("build-service"),
    TRAINERS("train-service"),
    REGISTRARS("registry-service"),
    BROKER("broker"),
    CLUSTER("one of three brokers"),
    SCHEMAS("schema-registry"),
    PRODUCERS("producers"),
    STORE("artifact-store");

    /** Those that work on jobs. */
    static final List<Part> SERVICES = List.of(BUILDERS, TRAINERS, REGISTRARS);

    private final String word;

    Part(String word) {
        this.word = word;
    }

    /** Its name in reports; a service's is its module's. */
    String word() {
        return word;
    }

    /** Its members are called so, with a number behind. */
    String memberName() {
        return word.replace("-service", "");
    }

    Class<?> main() {
        return switch (this) {
            case BUILDERS -> BuildMain.class;
            case TRAINERS -> TrainMain.class;
            case REGISTRARS -> RegistryMain.class;
            default -> throw new IllegalArgumentException(this + " is no service");
        };
    }

    /** Where a service says who works on what. */
    TopicSpec work() {
        return switch (this) {
            case BUILDERS -> Topics.BUILD_WORK;
            case TRAINERS -> Topics.TRAIN_WORK;
            case REGISTRARS -> Topics.REGISTRY_WORK;
            default -> throw new IllegalArgumentException(this + " is no service");
        };
    }

    /** Where a service says what it has made of a job. */
    TopicSpec output() {
        return switch (this) {
            case BUILDERS -> Topics.BUILD_COMPLETED;
            case TRAINERS -> Topics.TRAINING_COMPLETED;
            case REGISTRARS -> Topics.MODEL_REGISTERED;
            default -> throw new IllegalArgumentException(this + " is no service");
        };
    }
}
