/** Clients in other languages, which know of the pipeline only its contract. */
@NullMarked
package dev.unitymlops.system.foreign;

import org.jspecify.annotations.NullMarked;
