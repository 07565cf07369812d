/** The model registry in Vertex AI: files in Cloud Storage, one model per asset and behaviour, a version per training. */
@NullMarked
package dev.unitymlops.registry.vertex;

import org.jspecify.annotations.NullMarked;
