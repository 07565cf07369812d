package dev.unitymlops.system.architecture;

import com.tngtech.archunit.lang.ArchRule;

/**
 * A rule over the main code.
 *
 * @param name for the test's report
 * @param rule its reason says how to mend a break
 * @param breach code that breaks it, for a rule that cannot fail is none
 */
record Rule(String name, ArchRule rule, MadeUpCode breach) {

    @Override
    public String toString() {
        return name;
    }
}
