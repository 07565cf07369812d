package dev.unitymlops.trainerenv;

import static dev.unitymlops.trainerenv.MachineBuilder.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.unitymlops.trainerenv.TrainerEnvPlan.Consent;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerEnvPlanTest {
    private static final Path HOME = Path.of("/cache/trainer-env");

    static Stream<Arguments> machines() {
        return Stream.of(
                argumentSet(
                        "root on Debian 12: apt first",
                        machine().debian12().root().systemPython(3, 11, 2),
                        Recipe.DEBIAN,
                        List.of("AptUpdate", "AptInstall", "MakeVenv", "PipInstall", "FirstStart")),
                argumentSet(
                        "root on a bare Debian 12 without venv",
                        machine().debian12().root(),
                        Recipe.DEBIAN,
                        List.of("AptUpdate", "AptInstall", "MakeVenv", "PipInstall", "FirstStart")),
                argumentSet(
                        "torch of Debian is there: no root needed",
                        machine().debian12().torch(1, 13, 1).systemPython(3, 11, 2),
                        Recipe.DEBIAN,
                        List.of("MakeVenv", "PipInstall", "FirstStart")),
                argumentSet(
                        "a GPU comes before Debian's torch",
                        machine().debian12().root().gpu().torch(1, 13, 1).systemPython(3, 11, 2),
                        Recipe.PYPI,
                        List.of("FetchPython", "MakeVenv", "PipInstall", "PipInstall", "FirstStart")),
                argumentSet(
                        "not root, nothing there",
                        machine().debian12().systemPython(3, 11, 2),
                        Recipe.PYPI,
                        List.of("FetchPython", "MakeVenv", "PipInstall", "PipInstall", "FirstStart")),
                argumentSet(
                        "Debian 13: its Python cannot work",
                        machine().root().torch(2, 6, 0).systemPython(3, 13, 5),
                        Recipe.PYPI,
                        List.of("FetchPython", "MakeVenv", "PipInstall", "PipInstall", "FirstStart")),
                argumentSet(
                        "another system's torch is too old",
                        machine().torch(1, 8, 1).systemPython(3, 10, 12),
                        Recipe.PYPI,
                        List.of("FetchPython", "MakeVenv", "PipInstall", "PipInstall", "FirstStart")),
                argumentSet(
                        "a python3.10 of the machine's own",
                        machine().onPath("/opt/python3.10", 3, 10, 4),
                        Recipe.PYPI,
                        List.of("MakeVenv", "PipInstall", "PipInstall", "FirstStart")));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void chooses_by_the_machine(MachineBuilder machine, Recipe recipe, List<String> steps) {
        var plan = TrainerEnvPlan.choose(machine.build(), HOME);

        assertThat(plan.recipe()).isEqualTo(recipe);
        assertThat(plan.folder()).isEqualTo(HOME.resolve(recipe.folderName()));
        assertThat(plan.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .isEqualTo(steps);
    }

    static Stream<Arguments> interpreters() {
        return Stream.of(
                argumentSet(
                        "3.10 in range before 3.10 out of range",
                        machine().onPath("/a/python3.10", 3, 10, 14).onPath("/b/python3.10", 3, 10, 8),
                        "/b/python3.10",
                        false),
                argumentSet(
                        "3.10 out of range before fetching",
                        machine().onPath("/a/python3.10", 3, 10, 14).onPath("/b/python3.11", 3, 11, 2),
                        "/a/python3.10",
                        true),
                argumentSet(
                        "fetching before 3.11",
                        machine().onPath("/b/python3.11", 3, 11, 2),
                        "/cache/trainer-env/cpython-3.10.8-1.5.8/bin/python3.10",
                        false),
                argumentSet(
                        "3.11 where nothing can be fetched",
                        machine().withoutMvn().onPath("/b/python3.11", 3, 11, 2),
                        "/b/python3.11",
                        true),
                argumentSet(
                        "3.11 on another processor",
                        machine().otherProcessor().onPath("/b/python3.11", 3, 11, 2),
                        "/b/python3.11",
                        true));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void takes_the_first_python_that_works(MachineBuilder machine, String python, boolean ignoresRange) {
        var plan = TrainerEnvPlan.choose(machine.build(), HOME);

        assertThat(only(Step.MakeVenv.class, plan)).isEqualTo(new Step.MakeVenv(Path.of(python), false));
        assertThat(only(Step.PipInstall.class, plan).arguments().contains("--ignore-requires-python"))
                .isEqualTo(ignoresRange);
    }

    @Test
    void without_any_python_it_says_what_is_missing() {
        assertThatThrownBy(() -> TrainerEnvPlan.choose(machine().withoutMvn().build(), HOME))
                .isInstanceOf(TrainerEnvException.class)
                .hasMessageContaining("no python3.10 or python3.11 on the PATH")
                .hasMessageContaining("without mvn")
                .hasMessageContaining("MLOPS_TRAINER_ENV");
    }

    @Test
    void the_small_way_needs_no_agreement_and_says_that_it_changes_the_system() {
        var plan = TrainerEnvPlan.choose(machine().debian12().root().build(), HOME);

        assertThat(plan.consent(false, false)).isEqualTo(Consent.GIVEN);
        assertThat(plan.lines())
                .anyMatch(line -> line.contains("installs packages for the whole system"))
                .anyMatch(line -> line.contains("python3-venv and python3-torch"));
    }

    @Test
    void gigabytes_need_a_yes() {
        var plan = TrainerEnvPlan.choose(machine().debian12().build(), HOME);

        assertThat(plan.consent(true, false)).isEqualTo(Consent.GIVEN);
        assertThat(plan.consent(false, true)).isEqualTo(Consent.ASK);
        assertThat(plan.consent(false, false)).isEqualTo(Consent.REFUSED);
        assertThat(plan.refusal())
                .contains("4.0 GB to download")
                .contains("--yes")
                .contains("apt-get install python3-venv python3-torch");
        assertThat(plan.changesTheSystem()).isFalse();
    }

    @Test
    void only_what_is_missing_is_installed() {
        var withTorch = TrainerEnvPlan.choose(
                machine().debian12().root().torch(1, 13, 1).build(), HOME);
        var withVenv = TrainerEnvPlan.choose(
                machine().debian12().root().systemPython(3, 11, 2).build(), HOME);

        assertThat(only(Step.AptInstall.class, withTorch).packages()).containsExactly("python3-venv");
        assertThat(only(Step.AptInstall.class, withVenv).packages()).containsExactly("python3-torch");
    }

    private static <S extends Step> S only(Class<S> kind, TrainerEnvPlan plan) {
        return plan.steps().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
