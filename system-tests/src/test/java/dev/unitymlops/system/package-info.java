/** All services on one broker, in one process and in many: what the pipeline promises, and what it does when something dies. */
@NullMarked
package dev.unitymlops.system;

import org.jspecify.annotations.NullMarked;
