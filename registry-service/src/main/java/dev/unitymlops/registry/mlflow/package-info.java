/** The model registry in MLflow, over its REST API: one registered model per asset and behaviour, a run and a version per training. */
@NullMarked
package dev.unitymlops.registry.mlflow;

import org.jspecify.annotations.NullMarked;
