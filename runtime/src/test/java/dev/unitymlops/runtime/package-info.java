/** Tests of how services run. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.runtime;
