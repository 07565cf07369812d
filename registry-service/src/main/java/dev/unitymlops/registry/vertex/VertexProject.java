package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.ListModelsRequest;
import com.google.cloud.aiplatform.v1.ListModelsResponse;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.stage.StageFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * One project and region of Vertex AI.
 *
 * @param location {@code projects/p/locations/r}
 */
record VertexProject(String location, ModelServiceClient client, VertexCalls calls, VertexOperations operations) {

    private static final int PAGE = 100;

    VertexVersions versions(ParentModel parent) {
        return new VertexVersions(client, calls, operations, location, Legal.modelId(parent.name()));
    }

    /** The default version of each model that a filter in Vertex AI's language lets through. */
    List<Model> models(String filter) throws StageFailure, InterruptedException {
        List<Model> models = new ArrayList<>();
        String page = "";
        do {
            ListModelsRequest request = ListModelsRequest.newBuilder()
                    .setParent(location)
                    .setFilter(filter)
                    .setPageSize(PAGE)
                    .setPageToken(page)
                    .build();
            ListModelsResponse answer =
                    calls.ask("list the models of " + location, client.listModelsCallable(), request);
            models.addAll(answer.getModelsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return models;
    }
}
