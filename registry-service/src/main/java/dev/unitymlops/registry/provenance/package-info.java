/** The files beside a registered model that tell where it comes from, in the forms that supply-chain tools read and verify. */
@NullMarked
package dev.unitymlops.registry.provenance;

import org.jspecify.annotations.NullMarked;
