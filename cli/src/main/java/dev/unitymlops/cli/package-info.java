/** The command {@code mlops}: its entry point, the table of its commands and their exit codes. */
@NullMarked
package dev.unitymlops.cli;

import org.jspecify.annotations.NullMarked;
