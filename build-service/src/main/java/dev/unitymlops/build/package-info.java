/** build-service: job-requested in, a built player and build-completed out. */
@NullMarked
package dev.unitymlops.build;

import org.jspecify.annotations.NullMarked;
