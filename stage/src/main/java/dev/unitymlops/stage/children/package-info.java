/** Outside programs under a supervisor: they never outlive the attempt, the service or its process. */
package dev.unitymlops.stage.children;
