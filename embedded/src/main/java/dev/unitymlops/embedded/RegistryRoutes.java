package dev.unitymlops.embedded;

import java.util.List;
import java.util.Map;

/** The part of Confluent's REST API that serializers, and people with curl, ask for. */
final class RegistryRoutes {
    private final SchemaRegistry registry;

    RegistryRoutes(SchemaRegistry registry) {
        this.registry = registry;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/", it -> Map.of()),
                Route.of("GET", "/subjects", it -> registry.subjects(it.flag("deleted"))),
                Route.of(
                        "POST",
                        "/subjects/:subject",
                        it -> described(registry.lookup(it.subject(), it.schema(), it.flag("deleted")))),
                Route.of("DELETE", "/subjects/:subject", this::deleteSubject),
                Route.of(
                        "GET",
                        "/subjects/:subject/versions",
                        it -> numbers(registry.versions(it.subject(), it.flag("deleted")))),
                Route.of(
                        "POST",
                        "/subjects/:subject/versions",
                        it -> Map.of("id", registry.register(it.subject(), it.schema()))),
                Route.of("GET", "/subjects/:subject/versions/:version", it -> described(version(it))),
                Route.of(
                        "GET",
                        "/subjects/:subject/versions/:version/schema",
                        it -> new RawJson(version(it).schema())),
                Route.of("DELETE", "/subjects/:subject/versions/:version", this::deleteVersion),
                Route.of("GET", "/schemas/types", it -> List.of("AVRO")),
                Route.of("GET", "/schemas/ids/:id", it -> Map.of("schema", registry.schema(it.id()))),
                Route.of("GET", "/schemas/ids/:id/schema", it -> new RawJson(registry.schema(it.id()))),
                Route.of("GET", "/schemas/ids/:id/versions", it -> places(registry.placesOf(it.id()))),
                Route.of(
                        "POST",
                        "/compatibility/subjects/:subject/versions",
                        it -> verdict(it, registry.earlier(it.subject()))),
                Route.of(
                        "POST",
                        "/compatibility/subjects/:subject/versions/:version",
                        it -> verdict(it, List.of(version(it)))),
                Route.of("GET", "/config", it -> Map.of("compatibilityLevel", registry.globalLevel())),
                Route.of("PUT", "/config", this::setGlobalLevel),
                Route.of(
                        "GET",
                        "/config/:subject",
                        it -> Map.of("compatibilityLevel", registry.level(it.subject(), it.flag("defaultToGlobal")))),
                Route.of("PUT", "/config/:subject", this::setLevel),
                Route.of("DELETE", "/config/:subject", this::removeLevel));
    }

    private RegisteredSchema version(RegistryRequest request) {
        return registry.version(request.subject(), request.version(), request.flag("deleted"));
    }

    private Object deleteSubject(RegistryRequest request) {
        softly(request);
        return registry.delete(request.subject(), versions -> versions);
    }

    private Object deleteVersion(RegistryRequest request) {
        softly(request);
        RegisteredSchema chosen = registry.version(request.subject(), request.version(), false);
        registry.delete(request.subject(), versions -> versions.contains(chosen) ? List.of(chosen) : List.of());
        return chosen.version();
    }

    private static void softly(RegistryRequest request) {
        if (request.flag("permanent")) {
            throw RegistryException.permanentDeletion();
        }
    }

    private Object verdict(RegistryRequest request, List<RegisteredSchema> earlier) {
        List<String> violations = registry.violations(request.subject(), request.schema(), earlier);
        return request.flag("verbose")
                ? Map.of("is_compatible", violations.isEmpty(), "messages", violations)
                : Map.of("is_compatible", violations.isEmpty());
    }

    private Object setGlobalLevel(RegistryRequest request) {
        registry.setLevel(null, request.level());
        return Map.of("compatibility", request.level());
    }

    private Object setLevel(RegistryRequest request) {
        registry.setLevel(request.subject(), request.level());
        return Map.of("compatibility", request.level());
    }

    private Object removeLevel(RegistryRequest request) {
        CompatibilityLevel former = registry.level(request.subject(), false);
        registry.setLevel(request.subject(), null);
        return Map.of("compatibility", former);
    }

    private static List<Integer> numbers(List<RegisteredSchema> versions) {
        return versions.stream().map(RegisteredSchema::version).toList();
    }

    private static List<Map<String, Object>> places(List<RegisteredSchema> schemas) {
        return schemas.stream()
                .map(it -> Map.<String, Object>of("subject", it.subject(), "version", it.version()))
                .toList();
    }

    private static Map<String, Object> described(RegisteredSchema it) {
        return Map.of("subject", it.subject(), "version", it.version(), "id", it.id(), "schema", it.schema());
    }
}
