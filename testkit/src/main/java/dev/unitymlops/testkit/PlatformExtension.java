package dev.unitymlops.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the JVM's {@link TestPlatform} to whichever constructor or method of a test has one as parameter. It starts with
 * the first and ends with the last test.
 */
public final class PlatformExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType().equals(TestPlatform.class);
    }

    @Override
    public TestPlatform resolveParameter(ParameterContext parameter, ExtensionContext test) {
        // JUnit closes what is in the root's store when all tests have run
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(TestPlatform.class, key -> TestPlatform.start(), TestPlatform.class);
    }
}
