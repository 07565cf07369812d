/** {@code mlops completion}: what a shell needs to complete the commands' words. */
package dev.unitymlops.cli.completion;
