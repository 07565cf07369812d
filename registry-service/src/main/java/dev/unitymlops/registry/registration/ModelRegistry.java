package dev.unitymlops.registry.registration;

import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;

/**
 * Where trained models are kept as numbered versions under one parent per asset and behaviour.
 *
 * <p>Registering is idempotent: the same job with the same file is the same version, however often and from however many
 * processes it is asked for. Implementations are thread-safe.
 */
public interface ModelRegistry {

    /** The word for it in events: {@code file} or {@code vertex}. */
    String word();

    /**
     * Registers the model as the next version of its parent, or finds the version that it already is.
     *
     * @throws StageFailure when the registry refuses the model
     * @throws IOException when the registry cannot be reached, read or written; asking again may help
     * @throws InterruptedException when it was interrupted; asking again completes what was begun
     */
    RegisteredModel register(ModelVersion version) throws StageFailure, IOException, InterruptedException;
}
