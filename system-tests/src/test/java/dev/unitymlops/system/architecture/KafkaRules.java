package dev.unitymlops.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import java.util.Map;

/** Where Kafka may be seen, and where not. */
final class KafkaRules {
    private static final String COORDINATOR = "dev.unitymlops.stage.coordinator";
    private static final String SCHEDULER = "dev.unitymlops.scheduler";
    private static final String WEBHOOKS = "dev.unitymlops.webhook";

    private KafkaRules() {}

    static List<Rule> all() {
        return List.of(handlers(), streams(), decisions(), schedules(), serdes());
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
                "only topologies and their host see Kafka Streams",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                COORDINATOR,
                                SCHEDULER + ".topology",
                                WEBHOOKS + ".queue",
                                "dev.unitymlops.runtime.streams")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka.streams..")
                        .because(
                                "what decides must be able to move to another host. Hand in what you need as a value, and"
                                        + " let the topology's classes do what only Streams can"),
                new MadeUpCode(
                        "dev.unitymlops.stage.worker.AskTheStore",
                        "class AskTheStore { org.apache.kafka.streams.KafkaStreams streams; }"));
    }

    private static Rule decisions() {
        return new Rule(
                "what decides knows no Kafka, not even by way of others",
                noClasses()
                        .that()
                        .haveFullyQualifiedName(COORDINATOR + ".Decide")
                        .or()
                        .haveFullyQualifiedName(WEBHOOKS + ".queue.Decide")
                        .should()
                        .transitivelyDependOnClassesThat()
                        .resideInAPackage("org.apache.kafka..")
                        .because("decisions are replayed, compared with a naive oracle and read on one screen. Give the"
                                + " function what it needs as an argument, take what it wants as an Output, and let Publish"
                                + " write it"),
                new MadeUpCode(Map.of(
                        COORDINATOR + ".Decide", "class Decide { Where where; }",
                        COORDINATOR + ".Where", "class Where { org.apache.kafka.common.TopicPartition partition; }")));
    }

    private static Rule schedules() {
        return new Rule(
                "what decides on schedules knows no Kafka, not even by way of others",
                noClasses()
                        .that()
                        .resideInAPackage(SCHEDULER + ".decision")
                        .should()
                        .transitivelyDependOnClassesThat()
                        .resideInAPackage("org.apache.kafka..")
                        .because(
                                "years of ticks are decided in a test in seconds, and again after a crash with the same"
                                        + " answer. Take what is needed as an argument, and what is wanted as an Output"),
                new MadeUpCode(
                        SCHEDULER + ".decision.Peek",
                        "class Peek { org.apache.kafka.common.TopicPartition partition; }"));
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
