/** Google Cloud Storage as a file system of Java: with this on the class path, {@code gs://bucket/folder} is a path. */
package dev.unitymlops.cloudstorage;
