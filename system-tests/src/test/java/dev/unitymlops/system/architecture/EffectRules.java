package dev.unitymlops.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;

/** Where the outside world may be touched: time, chance, threads, the terminal, processes. */
final class EffectRules {

    /** Each with the reason why nothing better than sleeping is to be had. */
    private static final Map<String, String> MAY_SLEEP = Map.of(
            "dev.unitymlops.registry.registration.Tries", "backs off while a registry is busy; an interrupt ends it",
            "dev.unitymlops.stage.worker.FetchInput", "backs off while the registry is down; an interrupt ends it",
            "dev.unitymlops.stage.worker.EncodeEvent", "backs off while the registry is down; an interrupt ends it");

    /** Each with the reason why it prints although it is no main class. */
    private static final Map<String, String> MAY_PRINT = Map.of(
            "dev.unitymlops.runtime.ServiceProcess", "prints the table of settings for --help",
            "dev.unitymlops.testkit.TestBroker", "says to who runs the tests what they run on",
            "dev.unitymlops.testkit.CloudStorageEmulator", "says to who runs the tests what is skipped",
            "dev.unitymlops.testkit.ForeignTools", "says to who runs the tests which of them are skipped",
            "dev.unitymlops.simulated.player.PlayerLog", "a Unity player's -logFile - is its standard output");

    private EffectRules() {}

    static List<Rule> all() {
        return List.of(printing(), exiting(), sleeping(), time(), chance(), processes(), loggers());
    }

    private static Rule printing() {
        return new Rule(
                "only programs print",
                noClasses()
                        .that(not(programs()).and(not(named(MAY_PRINT))))
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethod(Throwable.class, "printStackTrace")
                        .because(
                                "a service's standard output belongs to nobody, and --json's belongs to the answer. Log with"
                                        + " SLF4J, or return the text to the command that shows it"),
                new MadeUpCode(
                        "dev.unitymlops.stage.Shout", "class Shout { void it() { System.out.println(\"done\"); } }"));
    }

    private static Rule exiting() {
        return new Rule(
                "only programs end the process",
                noClasses()
                        .that(not(programs()).and(not(name("dev.unitymlops.runtime.ServiceProcess"))))
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class)
                        .because(
                                "several services share a process, and tests run there too. Throw, or tell OnFatal: the"
                                        + " process then closes everything and gives the exit code"),
                new MadeUpCode("dev.unitymlops.stage.GiveUp", "class GiveUp { void it() { System.exit(1); } }"));
    }

    private static Rule sleeping() {
        return new Rule(
                "nobody sleeps",
                noClasses()
                        .that(not(named(MAY_SLEEP)))
                        .should()
                        .callMethod(Thread.class, "sleep", long.class)
                        .orShould()
                        .callMethod(Thread.class, "sleep", java.time.Duration.class)
                        .because(
                                "sleeping hopes where a signal would know, and delays the close. Wait on a condition, a"
                                        + " queue or a scheduled executor; a true exception goes into MAY_SLEEP with its reason"),
                new MadeUpCode(
                        "dev.unitymlops.stage.Hope",
                        "class Hope { void it() throws InterruptedException { Thread.sleep(10); } }"));
    }

    private static Rule time() {
        return new Rule(
                "time is handed in",
                noClasses()
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(LocalDate.class, "now")
                        .orShould()
                        .callMethod(LocalDateTime.class, "now")
                        .orShould()
                        .callMethod(ZonedDateTime.class, "now")
                        .because("a test must be able to set the clock. Take a java.time.Clock in the constructor, or a"
                                + " LongSupplier of nanoseconds for a duration; the main class hands in the real one"),
                new MadeUpCode(
                        "dev.unitymlops.stage.Stamp",
                        "class Stamp { java.time.Instant it() { return java.time.Instant.now(); } }"));
    }

    private static Rule chance() {
        DescribedPredicate<JavaClass> pure = resideInAPackage("dev.unitymlops.job..")
                .or(resideInAPackage("dev.unitymlops.schemas.."))
                .or(resideInAPackage("dev.unitymlops.stage.coordinator"))
                .or(resideInAPackage("dev.unitymlops.schedule.."))
                .or(resideInAPackage("dev.unitymlops.scheduler.decision"))
                .or(resideInAPackage("dev.unitymlops.build.script.."))
                .or(resideInAPackage("dev.unitymlops.train.trainerconfig.."))
                .or(resideInAPackage("dev.unitymlops.train.console.."))
                .and(not(name("dev.unitymlops.stage.coordinator.Echoes")))
                .as("pure classes");
        return new Rule(
                "pure classes know neither chance nor clock",
                noClasses()
                        .that(pure)
                        .should()
                        .dependOnClassesThat(belongToAnyOf(Random.class, ThreadLocalRandom.class, Clock.class))
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(Math.class, "random")
                        .orShould()
                        .callMethod(UUID.class, "randomUUID")
                        .because(
                                "the same arguments must give the same answer, for replay and for golden files. Take the"
                                        + " time or the number as an argument"),
                new MadeUpCode(
                        "dev.unitymlops.stage.coordinator.Dice",
                        "class Dice { int it() { return new java.util.Random().nextInt(6); } }"));
    }

    private static Rule processes() {
        return new Rule(
                "programs are started under the supervisor",
                noClasses()
                        .that(not(resideInAPackage("dev.unitymlops.stage.children")
                                .or(resideInAPackage("dev.unitymlops.trainerenv"))
                                .or(resideInAPackage("dev.unitymlops.testkit"))))
                        .should()
                        .callConstructor(ProcessBuilder.class, String[].class)
                        .orShould()
                        .callConstructor(ProcessBuilder.class, List.class)
                        .orShould()
                        .callMethod(Runtime.class, "exec", String[].class)
                        .because("a program that outlives its service keeps ports, GPUs and licences. Run it through"
                                + " stage.children.Children, which ends its whole tree"),
                new MadeUpCode(
                        "dev.unitymlops.train.Loose",
                        "class Loose { Process it() throws java.io.IOException {"
                                + " return new ProcessBuilder(\"true\").start(); } }"));
    }

    private static Rule loggers() {
        return new Rule(
                "loggers are constants",
                fields().that()
                        .haveRawType(Logger.class)
                        .should()
                        .bePrivate()
                        .andShould()
                        .beStatic()
                        .andShould()
                        .beFinal()
                        .because("a logger belongs to its class. Declare private static final Logger LOG ="
                                + " LoggerFactory.getLogger(X.class)"),
                new MadeUpCode("dev.unitymlops.stage.Chatty", "class Chatty { org.slf4j.Logger log; }"));
    }

    private static DescribedPredicate<JavaClass> programs() {
        return DescribedPredicate.<JavaClass>describe(
                        "programs", item -> outermost(item).endsWith("Main"))
                .or(resideInAPackage("dev.unitymlops.cli.."));
    }

    private static DescribedPredicate<JavaClass> named(Map<String, String> reasons) {
        return DescribedPredicate.describe("named with a reason", item -> reasons.containsKey(outermost(item)));
    }

    private static String outermost(JavaClass item) {
        return item.getName().replaceFirst("\\$.*", "");
    }
}
