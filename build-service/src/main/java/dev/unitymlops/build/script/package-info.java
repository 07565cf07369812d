/** The agent's C# script: written from the job's spaces, or taken from an upstream. */
@NullMarked
package dev.unitymlops.build.script;

import org.jspecify.annotations.NullMarked;
