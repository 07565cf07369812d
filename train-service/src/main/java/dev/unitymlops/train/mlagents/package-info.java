/** The genuine {@code mlagents-learn}: its command line, ports, checkpoints, faults and results. */
@NullMarked
package dev.unitymlops.train.mlagents;

import org.jspecify.annotations.NullMarked;
