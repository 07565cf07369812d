/** Many processes on one broker, faults drawn from a seed, and an oracle that reads every topic and the artifact store. */
@NullMarked
package dev.unitymlops.system.faults;

import org.jspecify.annotations.NullMarked;
