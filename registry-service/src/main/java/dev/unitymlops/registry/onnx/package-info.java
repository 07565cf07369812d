/** Whether a model file is what the job declares: read, loaded and run once before anybody may rely on it. */
@NullMarked
package dev.unitymlops.registry.onnx;

import org.jspecify.annotations.NullMarked;
