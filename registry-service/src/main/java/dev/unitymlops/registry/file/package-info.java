/** The model registry in a folder: versions and their lineage as files that people can read. */
@NullMarked
package dev.unitymlops.registry.file;

import org.jspecify.annotations.NullMarked;
