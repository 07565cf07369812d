/** What a training job is: reading its file, its rules, what its spaces mean, and its content hash. */
@NullMarked
package dev.unitymlops.job;

import org.jspecify.annotations.NullMarked;
