/** Tests of the package of the same name. */
package dev.unitymlops.registry.provenance;
