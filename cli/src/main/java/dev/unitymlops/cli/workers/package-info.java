/** {@code mlops workers}: who works on what. */
package dev.unitymlops.cli.workers;
