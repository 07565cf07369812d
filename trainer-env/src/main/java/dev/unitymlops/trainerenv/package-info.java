/** The Python environment of the genuine {@code mlagents-learn}: finding it, making it, checking it, naming what is wrong. */
@NullMarked
package dev.unitymlops.trainerenv;

import org.jspecify.annotations.NullMarked;
