package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.job.Actions.InputSystem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code action_space}. */
final class ActionReader {
    static final String FIELD = "asset_spec.action_space";

    private static final int MOST_ACTIONS = 256;
    private static final int MOST_CHOICES = 1024;
    private static final Actions DEFAULT = new Actions(2, List.of(), null);

    private final Attributes of;

    private ActionReader(Attributes of) {
        this.of = of;
    }

    static Actions read(String json, Findings findings) {
        ObjectNode space = JsonText.object(json, FIELD, findings);
        if (space.isEmpty()) {
            findings.warning(FIELD + " is empty: the agent has two continuous actions");
            return DEFAULT;
        }
        Attributes attributes = new Attributes(space, FIELD, findings);
        boolean typed = attributes.has("type");
        JsonNode type = space.get("type");
        Actions actions = new ActionReader(attributes).actions(typed ? type.asText() : "");
        if (actions == null) {
            attributes.wrong(
                    "type",
                    typed ? type : null,
                    "not a kind of action",
                    "Give continuous, discrete, hybrid or input_system");
            return DEFAULT;
        }
        attributes.end();
        return actions;
    }

    private @Nullable Actions actions(String type) {
        return switch (type.toLowerCase(Locale.ROOT).replace('-', '_')) {
            case "continuous" -> new Actions(of.whole("size", 1, MOST_ACTIONS), List.of(), null);
            case "discrete" -> new Actions(0, branches(), null);
            case "hybrid" -> new Actions(of.whole("continuous", 1, MOST_ACTIONS), sizes("discrete", 1), null);
            case "input_system" -> inputSystem();
            default -> null;
        };
    }

    /** {@code branches: [3, 2]}, or {@code size: 4} for one action with four choices. */
    private List<Integer> branches() {
        if (of.has("size") && !of.has("branches")) {
            return List.of(of.whole("size", 2, MOST_CHOICES));
        }
        return sizes("branches", 1);
    }

    private List<Integer> sizes(String name, int fewest) {
        return of.wholes(name, fewest, MOST_ACTIONS, 2, MOST_CHOICES, "[3, 2]");
    }

    /** The sizes are stated, as the .inputactions file is only in the project. */
    private Actions inputSystem() {
        InputSystem source =
                new InputSystem(of.text("asset", 256, "Assets/Controls.inputactions"), of.text("map", 64, "Player"));
        int continuous = of.whole("continuous", 0, MOST_ACTIONS, 0);
        List<Integer> discrete = of.has("discrete") ? sizes("discrete", 0) : List.of();
        if (continuous == 0 && discrete.isEmpty()) {
            of.wrong("continuous", null, "the number of actions", "Give continuous: n, discrete: [n, ...] or both");
        }
        return new Actions(continuous, discrete, source);
    }
}
