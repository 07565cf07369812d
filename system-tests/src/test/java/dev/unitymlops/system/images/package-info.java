/** The services in containers, as far as that can be proved without Docker. */
@NullMarked
package dev.unitymlops.system.images;

import org.jspecify.annotations.NullMarked;
