/** Tests of the package of the same name, against stand-ins for Google's servers that the genuine clients call. */
package dev.unitymlops.registry.vertex;
