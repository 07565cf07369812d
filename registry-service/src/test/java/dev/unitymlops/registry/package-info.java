/** Tests of the registry stage, with models that ML-Agents exported. */
package dev.unitymlops.registry;
