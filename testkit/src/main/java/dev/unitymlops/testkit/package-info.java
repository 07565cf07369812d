/** What tests of any module share: a real broker with a registry, a clock to set, a reader of topics, and the pipeline's guarantees as objects. */
@NullMarked
package dev.unitymlops.testkit;

import org.jspecify.annotations.NullMarked;
