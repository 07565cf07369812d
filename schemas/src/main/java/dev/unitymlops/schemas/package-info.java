/** The contract between the services: which topics there are and what their records are. */
package dev.unitymlops.schemas;
