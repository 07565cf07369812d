package dev.unitymlops.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;
import java.util.Map;

/** Who may know whom, and what things are called. */
final class ModuleRules {

    private ModuleRules() {}

    static List<Rule> all() {
        return List.of(direction(), cycles(), packageNames(), classNames());
    }

    private static Rule direction() {
        return new Rule(
                "modules know only modules below",
                classes()
                        .should(new KnowOnlyModulesBelow())
                        .because("services are replaced and released one by one. What two services need goes down into"
                                + " stage or runtime, what they tell each other is an event in schemas, and what only"
                                + " tests need goes into testkit"),
                new MadeUpCode(
                        "dev.unitymlops.build.AskTrainer",
                        "class AskTrainer { dev.unitymlops.train.TrainHandler trainer; }"));
    }

    private static Rule cycles() {
        return new Rule(
                "the packages of a module have no cycles",
                // a module's topmost package is left out: it holds both the words that all know and the wiring of all
                slices().matching("dev.unitymlops.(*).(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because(
                                "packages that need each other are one. Move the type that both know to the package that"
                                        + " is below, or let the lower one ask for an interface of its own"),
                new MadeUpCode(Map.of(
                        "dev.unitymlops.job.egg.Egg", "public class Egg { dev.unitymlops.job.hen.Hen from; }",
                        "dev.unitymlops.job.hen.Hen", "public class Hen { dev.unitymlops.job.egg.Egg from; }")));
    }

    private static Rule packageNames() {
        return new Rule(
                "packages say what they are about",
                noClasses()
                        .should()
                        .resideInAnyPackage(
                                "..common..", "..core..", "..util..", "..utils..", "..impl..", "..model..", "..dto..")
                        .because("such a package collects what has no place. Name it for what its classes do, or move"
                                + " them to where they are used"),
                new MadeUpCode("dev.unitymlops.stage.util.Text", "class Text {}"));
    }

    private static Rule classNames() {
        return new Rule(
                "classes are named by verb or role",
                noClasses()
                        .should()
                        .haveNameMatching(".*[.$]([A-Za-z]*(Utils?|Helper|Manager|Impl)|(Base|Abstract)[A-Z][A-Za-z]*)")
                        .because(
                                "such a name says nothing of what the class does. Name it for the one thing it does, as"
                                        + " RunAttempt or WorkView, and take it apart when that is not one; share by holding a"
                                        + " part, not by inheriting from a base"),
                new MadeUpCode("dev.unitymlops.stage.JobManager", "class JobManager {}"));
    }
}
