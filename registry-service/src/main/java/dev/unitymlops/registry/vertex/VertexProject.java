package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.ModelServiceClient;
import dev.unitymlops.registry.registration.ParentModel;

/**
 * One project and region of Vertex AI.
 *
 * @param location {@code projects/p/locations/r}
 */
record VertexProject(String location, ModelServiceClient client, VertexCalls calls, VertexOperations operations) {

    VertexVersions versions(ParentModel parent) {
        return new VertexVersions(client, calls, operations, location, Legal.modelId(parent.name()));
    }
}
