/** The train stage: build-completed in, a trainer run, training-completed out. */
@NullMarked
package dev.unitymlops.train;

import org.jspecify.annotations.NullMarked;
