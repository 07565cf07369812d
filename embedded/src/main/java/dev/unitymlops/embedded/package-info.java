/** A single-node Kafka broker and a small schema registry in this JVM, both on loopback, for {@code run}, {@code up} and the tests. */
@NullMarked
package dev.unitymlops.embedded;

import org.jspecify.annotations.NullMarked;
