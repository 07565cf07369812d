/** What a trainer is to the train stage: the interface, what goes in and out, and the job's own training command. */
@NullMarked
package dev.unitymlops.train.trainer;

import org.jspecify.annotations.NullMarked;
