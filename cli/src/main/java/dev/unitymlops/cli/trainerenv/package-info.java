/** {@code mlops trainer-env}: makes and checks the Python environment of the genuine trainer. */
package dev.unitymlops.cli.trainerenv;
