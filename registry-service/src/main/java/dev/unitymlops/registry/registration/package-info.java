/** What a model registry is to this stage, whichever it is. */
@NullMarked
package dev.unitymlops.registry.registration;

import org.jspecify.annotations.NullMarked;
