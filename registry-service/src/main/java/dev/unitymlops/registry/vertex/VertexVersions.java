package dev.unitymlops.registry.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.aiplatform.v1.DeleteModelVersionRequest;
import com.google.cloud.aiplatform.v1.GetModelRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsResponse;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.aiplatform.v1.UpdateModelRequest;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import com.google.cloud.aiplatform.v1.UploadModelResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.stage.StageFailure;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of one model in Vertex AI. Its listings may lag behind; a version asked for by its number does not. Thread-safe. */
final class VertexVersions {

    private static final int PAGE = 100;

    /** So many deleted twins in a row are taken for the end of the numbers. */
    private static final int LARGEST_GAP = 3;

    private final ModelServiceClient client;
    private final VertexCalls calls;
    private final VertexOperations operations;
    private final String parent;
    private final String modelId;

    /**
     * @param parent {@code projects/p/locations/r}
     * @param modelId last part of the model's name
     */
    VertexVersions(
            ModelServiceClient client, VertexCalls calls, VertexOperations operations, String parent, String modelId) {
        this.client = client;
        this.calls = calls;
        this.operations = operations;
        this.parent = parent;
        this.modelId = modelId;
    }

    /** The model's resource name, without a version. */
    String model() {
        return parent + "/models/" + modelId;
    }

    String resource(int version) {
        return model() + "@" + version;
    }

    /** Waits for uploads and deletions of this model that are under way, whoever began them. */
    void awaitChanges() throws StageFailure, InterruptedException {
        operations.awaitAll(model());
    }

    /**
     * Begins the upload of a version, once.
     *
     * @throws ApiException when it failed; after some codes it may have happened all the same
     */
    Operation upload(Model version) throws StageFailure, InterruptedException {
        UploadModelRequest.Builder request =
                UploadModelRequest.newBuilder().setParent(parent).setModel(version);
        if (get(model()).isPresent()) {
            request.setParentModel(model());
        } else {
            request.setModelId(modelId);
        }
        return calls.once(client.uploadModelCallable(), request.build());
    }

    /**
     * Waits for the end of an upload.
     *
     * @return number of the version
     * @throws ApiException when it failed
     */
    int uploaded(Operation upload) throws StageFailure, InterruptedException {
        Operation ended = operations.awaited(upload);
        try {
            return number(ended.getResponse().unpack(UploadModelResponse.class).getModelVersionId());
        } catch (InvalidProtocolBufferException e) {
            throw StageFailure.infrastructure("Vertex AI's answer to an upload cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    /** What the listing tells, by number; it may lack the newest and still have deleted ones. */
    private NavigableMap<Integer, Model> listed() throws StageFailure, InterruptedException {
        TreeMap<Integer, Model> versions = new TreeMap<>();
        String page = "";
        do {
            ListModelVersionsRequest request = ListModelVersionsRequest.newBuilder()
                    .setName(model())
                    .setPageSize(PAGE)
                    .setPageToken(page)
                    .build();
            Optional<ListModelVersionsResponse> answer =
                    calls.find("list the versions of " + model(), client.listModelVersionsCallable(), request);
            answer.ifPresent(found ->
                    found.getModelsList().forEach(version -> versions.put(number(version.getVersionId()), version)));
            page = answer.map(ListModelVersionsResponse::getNextPageToken).orElse("");
        } while (!page.isEmpty());
        return versions;
    }

    /**
     * The versions with this label as they are now: none is missing, however much the listing lags.
     *
     * @param known a number that exists or existed, such as that of the last upload; 0 when there is none
     */
    NavigableMap<Integer, Model> labelled(String label, String value, int known)
            throws StageFailure, InterruptedException {
        TreeMap<Integer, Model> found = new TreeMap<>();
        for (Map.Entry<Integer, Model> each : all(known).entrySet()) {
            if (value.equals(each.getValue().getLabelsMap().get(label))) {
                Optional<Model> now = get(resource(each.getKey()));
                now.ifPresent(version -> found.put(each.getKey(), version));
            }
        }
        return found;
    }

    /**
     * Every version: what the listing tells, and what it lacks asked for one by one, on to where several numbers in a row
     * are not there. Deleted ones that it still tells may be among them.
     *
     * @param known as of {@link #labelled}
     */
    NavigableMap<Integer, Model> all(int known) throws StageFailure, InterruptedException {
        NavigableMap<Integer, Model> all = listed();
        Integer latest = aliases().at(Aliases.LATEST);
        int highest = Math.max(Math.max(known, latest == null ? 0 : latest), all.isEmpty() ? 0 : all.lastKey());
        for (int number = 1; number <= highest + LARGEST_GAP; number++) {
            if (!all.containsKey(number)) {
                Optional<Model> unlisted = highest == 0 ? Optional.empty() : get(resource(number));
                if (unlisted.isPresent()) {
                    all.put(number, unlisted.get());
                    highest = Math.max(highest, number);
                }
            }
        }
        return all;
    }

    /** @param name resource name, of the model or with {@code @} and a version's number or alias */
    Optional<Model> get(String name) throws StageFailure, InterruptedException {
        GetModelRequest request = GetModelRequest.newBuilder().setName(name).build();
        return calls.find("tell of " + name, client.getModelCallable(), request);
    }

    /** Asks for the end of an upload; {@link #awaitChanges} waits for it. */
    void cancel(Operation upload) throws StageFailure, InterruptedException {
        operations.cancel(upload);
    }

    /** Deletes a version, unless somebody else has. */
    void delete(int version) throws StageFailure, InterruptedException {
        String name = resource(version);
        DeleteModelVersionRequest request =
                DeleteModelVersionRequest.newBuilder().setName(name).build();
        var begun = calls.find("delete " + name, client.deleteModelVersionCallable(), request);
        if (begun.isEmpty()) {
            return;
        }
        try {
            Operation unused = operations.awaited(begun.get());
        } catch (ApiException e) {
            if (VertexStatus.of(e) != VertexStatus.NOT_FOUND) {
                throw VertexStatus.of(e).failure("delete " + name, calls.project(), e);
            }
        }
    }

    /** Gives a version a further label; those that it has stay. */
    void label(Model version, String label, String value) throws StageFailure, InterruptedException {
        String name = resource(number(version));
        UpdateModelRequest request = UpdateModelRequest.newBuilder()
                .setModel(Model.newBuilder()
                        .setName(name)
                        .putAllLabels(version.getLabelsMap())
                        .putLabels(label, value))
                .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
                .build();
        Model unused = calls.ask("label " + name, client.updateModelCallable(), request);
    }

    VersionAliases aliases() {
        return new VersionAliases(this, client, calls);
    }

    static int number(Model version) {
        return number(version.getVersionId());
    }

    private static int number(String versionId) {
        return Integer.parseInt(versionId);
    }
}
