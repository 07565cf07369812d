package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML text as a JSON tree. Depth is bounded, aliases and tags are refused and a key given twice is a problem with both
 * lines, so that no text can expand beyond its own size.
 */
final class YamlTree {
    private final Iterator<Event> events;
    private final Scalars scalars;
    private final Findings findings;

    private YamlTree(String text, Scalars scalars, Findings findings) {
        this.events =
                new Parse(LoadSettings.builder().build()).parseString(text).iterator();
        this.scalars = scalars;
        this.findings = findings;
    }

    /** The tree, or null when the text is no YAML. Problems name fields below {@code path}; "" is the file itself. */
    static @Nullable JsonNode read(String text, Scalars scalars, String path, Findings findings) {
        String field = orFile(path);
        try {
            return new YamlTree(text, scalars, findings).document(path);
        } catch (TooDeep e) {
            findings.problem(field, e.path, "is nested deeper than " + Json.MAX_DEPTH, "Flatten it.");
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> mark.createSnippet(0, 80)).orElse("");
            String at =
                    e.getProblemMark().map(m -> " at line " + (m.getLine() + 1)).orElse("");
            findings.problem(field, line.strip(), "is not YAML" + at + ": " + e.getProblem(), "Mend the syntax there.");
        } catch (YamlEngineException e) {
            findings.problem(field, "", "is not YAML: " + e.getMessage(), "Mend the syntax.");
        }
        return null;
    }

    private JsonNode document(String path) {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = events.next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            return NullNode.getInstance();
        }
        JsonNode root = node(event, path, 0);
        while (events.hasNext()) {
            if (events.next().getEventId() == Event.ID.DocumentStart) {
                findings.problem(orFile(path), "---", "holds more than one document", "Give one document per file.");
                break;
            }
        }
        return root;
    }

    private JsonNode node(Event event, String path, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new TooDeep(path);
        }
        if (tagged(event)) {
            refuseTag(path, event);
        }
        return switch (event.getEventId()) {
            case MappingStart -> mapping(path, depth);
            case SequenceStart -> sequence(path, depth);
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias(path, event);
            default -> throw new IllegalStateException("unexpected YAML event " + event.getEventId());
        };
    }

    private ObjectNode mapping(String path, int depth) {
        ObjectNode object = Json.object();
        Map<String, Integer> lines = new HashMap<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            String name = key(key, path, depth);
            String child = path.isEmpty() ? name : path + "." + name;
            Integer before = lines.putIfAbsent(name, line(key));
            JsonNode value = node(events.next(), child, depth + 1);
            if (before == null) {
                object.set(name, value);
            } else {
                findings.problem(
                        orFile(child),
                        value,
                        "is given twice, in line " + before + " and in line " + line(key),
                        "Keep one of them.");
            }
        }
        return object;
    }

    private String key(Event key, String path, int depth) {
        if (key instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        node(key, path, depth + 1);
        findings.problem(orFile(path), null, "has a key in line " + line(key) + " that is not plain text", "Name it.");
        return "";
    }

    private ArrayNode sequence(String path, int depth) {
        ArrayNode array = Json.object().arrayNode();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            array.add(node(item, path + "[" + array.size() + "]", depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarEvent event) {
        return event.isPlain() ? scalars.node(event.getValue()) : TextNode.valueOf(event.getValue());
    }

    private static boolean tagged(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag().isPresent();
            case CollectionStartEvent start -> start.getTag().isPresent();
            default -> false;
        };
    }

    private void refuseTag(String path, Event event) {
        findings.problem(
                orFile(path), null, "has a YAML tag in line " + line(event), "Leave the tag out: types are known.");
    }

    private JsonNode alias(String path, Event event) {
        findings.problem(
                orFile(path),
                null,
                "is a YAML alias in line " + line(event),
                "Write the value out: aliases are not read.");
        return NullNode.getInstance();
    }

    private static String orFile(String path) {
        return path.isEmpty() ? ReadTree.WHOLE : path;
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static final class TooDeep extends RuntimeException {
        private final String path;

        TooDeep(String path) {
            super("nested too deep", null, false, false);
            this.path = path;
        }
    }
}
