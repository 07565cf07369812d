/** A registered model as an asset of somebody's Unity project. */
package dev.unitymlops.cli.unity;
