package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.MergeVersionAliasesRequest;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.stage.StageFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The aliases of one model in Vertex AI, which gives each to one version at most. They are asked for by name, as listings
 * lag. Thread-safe.
 */
final class VersionAliases {

    private static final Set<String> OURS =
            Set.of(Aliases.LATEST, Aliases.REJECTED, Aliases.STAGING, Aliases.PRODUCTION, Aliases.PREVIOUS);

    private final VertexVersions versions;
    private final ModelServiceClient client;
    private final VertexCalls calls;

    VersionAliases(VertexVersions versions, ModelServiceClient client, VertexCalls calls) {
        this.versions = versions;
        this.client = client;
        this.calls = calls;
    }

    /** Number of the version that has the alias; null when none has. */
    @Nullable
    Integer at(String alias) throws StageFailure, InterruptedException {
        Optional<Model> version = versions.get(versions.model() + "@" + alias);
        return version.isEmpty() ? null : VertexVersions.number(version.get());
    }

    /** Version by alias: of ours, and of those that people gave, as far as the listing tells. */
    Map<String, Integer> all(Collection<Model> listed) throws StageFailure, InterruptedException {
        Set<String> names = new TreeSet<>(OURS);
        listed.forEach(version -> names.addAll(version.getVersionAliasesList()));
        Map<String, Integer> found = new TreeMap<>();
        for (String name : names) {
            Integer version = at(name);
            if (version != null) {
                found.put(name, version);
            }
        }
        return found;
    }

    /**
     * Moves aliases one after the other; Vertex AI cannot compare and set, so all are compared before.
     *
     * @return false, with nothing moved, when one is not where a move says or is to go to a version that there is not
     */
    boolean move(List<AliasMove> moves) throws StageFailure, InterruptedException {
        Map<String, Integer> planned = new TreeMap<>();
        for (AliasMove move : moves) {
            Integer now = planned.containsKey(move.alias()) ? planned.get(move.alias()) : at(move.alias());
            if (!Objects.equals(now, move.from())
                    || versions.get(versions.resource(move.to())).isEmpty()) {
                return false;
            }
            planned.put(move.alias(), move.to());
        }
        for (AliasMove move : moves) {
            if (!give(move.to(), move.alias())) {
                throw StageFailure.infrastructure(
                        versions.resource(move.to()) + " vanished before it got the alias " + move.alias());
            }
        }
        return true;
    }

    /** Gives the alias of the last upload to the version with the highest number, unless some version has it. */
    void restoreLatest() throws StageFailure, InterruptedException {
        if (at(Aliases.LATEST) != null) {
            return;
        }
        for (int number : versions.all(0).descendingKeySet()) {
            Optional<Model> now = versions.get(versions.resource(number));
            if (now.isPresent()
                    && !now.get().containsLabels(UploadedVersion.REJECTED)
                    && give(number, Aliases.LATEST)) {
                return;
            }
        }
    }

    /** Another version loses the alias by it; returns false when there is no such version any more. */
    private boolean give(int version, String alias) throws StageFailure, InterruptedException {
        String resource = versions.resource(version);
        MergeVersionAliasesRequest request = MergeVersionAliasesRequest.newBuilder()
                .setName(resource)
                .addVersionAliases(alias)
                .build();
        String what = "give " + resource + " the alias " + alias;
        return calls.find(what, client.mergeVersionAliasesCallable(), request).isPresent();
    }
}
