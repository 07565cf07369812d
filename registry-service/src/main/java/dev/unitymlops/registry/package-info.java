/** The registry stage: training-completed in, each model checked and registered, model-registered out. */
@NullMarked
package dev.unitymlops.registry;

import org.jspecify.annotations.NullMarked;
