/** {@code mlops models}: registered models, what they come from, and the aliases that people deploy by. */
package dev.unitymlops.cli.models;
