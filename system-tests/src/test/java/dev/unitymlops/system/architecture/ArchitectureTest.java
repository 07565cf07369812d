package dev.unitymlops.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every module's main code to the rules, and each rule to a class that breaks it. */
class ArchitectureTest {

    /** Once for all rules: reading byte code is what costs. What is generated follows no taste. */
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/simulated/wire/"))
            .importPackages("dev.unitymlops");

    static Stream<Rule> rules() {
        return Stream.of(ModuleRules.all(), KafkaRules.all(), EffectRules.all()).flatMap(rules -> rules.stream());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isKept(Rule rule) {
        rule.rule().check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canBeBroken(Rule rule, @TempDir Path folder) throws IOException {
        EvaluationResult result = rule.rule().evaluate(rule.breach().imported(folder));
        assertThat(result.hasViolation())
                .as("the class made for it breaks the rule")
                .isTrue();
        assertThat(result.getFailureReport().toString())
                .containsAnyOf(rule.breach().sources().keySet().toArray(String[]::new))
                .contains("because");
    }

    @Test
    void everyModuleIsRead() {
        Set<String> read = MAIN.stream().map(KnowOnlyModulesBelow::module).collect(Collectors.toSet());
        assertThat(read).isEqualTo(KnowOnlyModulesBelow.ownModules());
    }
}
