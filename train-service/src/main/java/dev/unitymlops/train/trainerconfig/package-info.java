/** The trainer's configuration: written from the job, or the user's own, checked. */
@NullMarked
package dev.unitymlops.train.trainerconfig;

import org.jspecify.annotations.NullMarked;
