package dev.unitymlops.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.List;

/** Where Kafka may be seen, and where not. */
final class KafkaRules {
    private static final String COORDINATOR = "dev.unitymlops.stage.coordinator";

    /** What carries the pure function of the coordinator on Kafka Streams. */
    private static final DescribedPredicate<HasName> HOSTS = nameMatching(
                    "dev\\.unitymlops\\.stage\\.coordinator\\.(Coordinator|CoordinatorTopology|CoordinatorProcessor|Publish"
                            + "|UndecidableToDeadLetters|UnreadableToDeadLetters|TrimCommands)"
                            + "(\\$.*)?")
            .as("hosts of the coordinator");

    private KafkaRules() {}

    static List<Rule> all() {
        return List.of(handlers(), streams(), decisions(), serdes());
    }

    private static Rule handlers() {
        return new Rule(
                "handlers do not see Kafka",
                noClasses()
                        .that()
                        .areAssignableTo("dev.unitymlops.stage.StageHandler")
                        .or()
                        .haveSimpleNameEndingWith("Handler")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka..")
                        .because(
                                "a handler gets an event and returns one, so that it is tested without a broker. Let the"
                                        + " stage do what touches topics, and hand the result in as a value"),
                new MadeUpCode(
                        "dev.unitymlops.build.PollingHandler",
                        "class PollingHandler { org.apache.kafka.clients.consumer.Consumer<String, String> consumer; }"));
    }

    private static Rule streams() {
        return new Rule(
                "only the coordinator's hosts see Kafka Streams",
                noClasses()
                        .that(not(HOSTS))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka.streams..")
                        .because(
                                "the coordinator's function must be able to move to another host. Let it return what is to"
                                        + " be written (Output), and let Publish or CoordinatorProcessor write it"),
                new MadeUpCode(
                        COORDINATOR + ".DecideAtOnce",
                        "class DecideAtOnce { org.apache.kafka.streams.processor.api.ProcessorContext<?, ?> context; }"));
    }

    private static Rule decisions() {
        return new Rule(
                "what decides knows no Kafka",
                noClasses()
                        .that()
                        .resideInAPackage(COORDINATOR)
                        .and(not(HOSTS))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka..")
                        .because("decisions are replayed, compared with a naive oracle and read on one screen. Give the"
                                + " function what it needs as an argument and take what it wants as an Output"),
                new MadeUpCode(
                        COORDINATOR + ".DecideByOffset",
                        "class DecideByOffset { org.apache.kafka.common.TopicPartition partition; }"));
    }

    private static Rule serdes() {
        return new Rule(
                "serdes are configuration",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.confluent..", "io.apicurio..")
                        .because(
                                "any registry's serdes must do. Name the class in a setting (kafka.producer.value.serializer)"
                                        + " and take clients from KafkaClients"),
                new MadeUpCode(
                        "dev.unitymlops.runtime.WireAvro",
                        "class WireAvro { io.confluent.kafka.serializers.KafkaAvroSerializer avro; }"));
    }
}
