package dev.unitymlops.system.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** The table of DESIGN.md, section 2. A module is known by its package's third name. */
final class KnowOnlyModulesBelow extends ArchCondition<JavaClass> {
    private static final String ROOT = "dev.unitymlops.";

    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("events", Set.of()),
            entry("schemas", Set.of("events")),
            entry("job", Set.of("schemas", "events")),
            entry("schedule", Set.of("job", "schemas", "events")),
            entry("runtime", Set.of("schemas", "events")),
            entry("stage", Set.of("runtime", "job", "schemas", "events")),
            entry("embedded", Set.of()),
            entry("testkit", Set.of("embedded", "schemas", "events")),
            entry("cloudstorage", Set.of()),
            entry("simulated", Set.of()),
            entry("trainerenv", Set.of()),
            entry("build", Set.of("stage", "runtime", "job", "schemas", "events", "simulated")),
            entry("train", Set.of("stage", "runtime", "job", "schemas", "events", "trainerenv")),
            entry("scheduler", Set.of("schedule", "runtime", "job", "schemas", "events")),
            entry("registry", Set.of("stage", "cloudstorage", "runtime", "job", "schemas", "events")),
            entry("webhook", Set.of("runtime", "schemas", "events")),
            entry(
                    "cli",
                    Set.of(
                            "scheduler",
                            "webhook",
                            "schedule",
                            "build",
                            "train",
                            "registry",
                            "embedded",
                            "trainerenv",
                            "simulated",
                            "stage",
                            "runtime",
                            "job",
                            "schemas",
                            "events")));

    KnowOnlyModulesBelow() {
        super("know only the modules below their own");
    }

    static Set<String> ownModules() {
        return MAY_KNOW.keySet();
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        String own = module(item);
        if (!MAY_KNOW.containsKey(own)) {
            events.add(SimpleConditionEvent.violated(
                    item,
                    item.getName() + " is in no known module; say in KnowOnlyModulesBelow what " + own + " may know"));
            return;
        }
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (target.getName().startsWith(ROOT)) {
                String other = module(target);
                if (!other.equals(own) && !MAY_KNOW.get(own).contains(other)) {
                    events.add(SimpleConditionEvent.violated(
                            dependency, own + " must not know " + other + ": " + dependency.getDescription()));
                }
            }
        }
    }

    static String module(JavaClass item) {
        return item.getPackageName().substring(ROOT.length()).split("\\.", 2)[0];
    }
}
