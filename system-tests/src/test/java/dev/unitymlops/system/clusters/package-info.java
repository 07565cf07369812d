/** The pipeline on clusters that somebody else runs: with TLS, logins and rights, several brokers, partitions of their own. */
@NullMarked
package dev.unitymlops.system.clusters;

import org.jspecify.annotations.NullMarked;
