package dev.unitymlops.registry.registration;

import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where trained models are kept as numbered versions under one parent per asset and behaviour.
 *
 * <p>Registering is idempotent: the same job with the same file is the same version, however often and from however many
 * processes it is asked for. Implementations are thread-safe. Every method throws {@link StageFailure} when the registry
 * refuses, {@link IOException} when it cannot be reached, read or written and asking again may help, and
 * {@link InterruptedException} when it was interrupted; asking again completes what was begun.
 */
public interface ModelRegistry {

    /** The word for it in events: {@code file}, {@code vertex} or {@code mlflow}. */
    String word();

    /** Registers the model as the next version of its parent, or finds the version that it already is. */
    RegisteredModel register(ModelVersion version) throws StageFailure, IOException, InterruptedException;

    /** Every parent model, by name. */
    List<ParentModel> parents() throws StageFailure, IOException, InterruptedException;

    /** A parent's versions and aliases; empty when there is no such parent. */
    Optional<ModelHistory> history(ParentModel parent) throws StageFailure, IOException, InterruptedException;

    /** One version with all that is known of it; empty when there is none of that number. */
    Optional<RegisteredVersion> version(ParentModel parent, int number)
            throws StageFailure, IOException, InterruptedException;

    /**
     * Moves aliases of a parent, all or none, in this order. Where the registry cannot compare and set, another who moves
     * the same alias in the same moment may win; but never have two versions the same alias.
     *
     * @return false when an alias is not where a move says; nothing is moved then
     */
    boolean move(ParentModel parent, List<AliasMove> moves) throws StageFailure, IOException, InterruptedException;

    /** Notes that a person has approved an existing version; the first word stays. */
    void approve(ParentModel parent, int number, Approval approval)
            throws StageFailure, IOException, InterruptedException;

    /**
     * Copies a version's model file, compared with its SHA-256.
     *
     * @param to does not exist
     */
    void fetch(RegisteredVersion version, Path to) throws StageFailure, IOException, InterruptedException;
}
