/** Measures the pipeline beside the floor: the same hops on the same broker without decisions and files. */
package dev.unitymlops.benchmarks;
