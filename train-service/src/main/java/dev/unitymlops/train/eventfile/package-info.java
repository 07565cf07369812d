/** TensorBoard event files, as far as the trainer's figures need them read. */
@NullMarked
package dev.unitymlops.train.eventfile;

import org.jspecify.annotations.NullMarked;
