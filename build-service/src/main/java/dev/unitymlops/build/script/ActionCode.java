package dev.unitymlops.build.script;

import dev.unitymlops.job.Actions;

/** The C# by which an agent acts, and by which a person may act in its place. */
final class ActionCode {

    private final Actions actions;

    ActionCode(Actions actions) {
        this.actions = actions;
    }

    /** Whether the game's own input handlers act on what the network decides. */
    boolean inputSystem() {
        return actions.inputSystem() != null;
    }

    /** Statements of {@code OnActionReceived} that move the agent. */
    String move() {
        if (inputSystem()) {
            return "        // The InputActuatorComponent turns the decisions into input, which the game's handlers act on.\n";
        }
        String push = actions.continuous() > 0 ? continuous() : discrete();
        return "        body.AddForce(" + push + " * PushStrength, ForceMode.Acceleration);\n";
    }

    private String continuous() {
        String of = "actions.ContinuousActions";
        return switch (actions.continuous()) {
            case 1 -> "transform.forward * " + of + "[0]";
            case 2 -> "new Vector3(" + of + "[0], 0f, " + of + "[1])";
            default -> "new Vector3(" + of + "[0], " + of + "[1], " + of + "[2])";
        };
    }

    private String discrete() {
        return "DirectionOf(actions.DiscreteActions[0])";
    }

    /** Methods that {@link #move()} calls. */
    String methods() {
        if (inputSystem() || actions.continuous() > 0) {
            return "";
        }
        StringBuilder cases = new StringBuilder();
        String[] directions = {"forward", "forward * -1f", "right * -1f", "right"};
        for (int choice = 1; choice < actions.discreteBranches().getFirst() && choice <= directions.length; choice++) {
            cases.append("            case %d: return Vector3.%s;\n".formatted(choice, directions[choice - 1]));
        }
        return """

                    // The first branch walks; 0 and what the template has no meaning for stand still.
                    static Vector3 DirectionOf(int choice)
                    {
                        switch (choice)
                        {
                %s            default: return Vector3.zero;
                        }
                    }
                """.formatted(cases);
    }

    /** The {@code Heuristic} method: with the input system, the actuator component answers for it. */
    String heuristic() {
        if (inputSystem()) {
            return "";
        }
        return """

                    // Lets a person play the agent (Behavior Type: Heuristic Only); training never calls it.
                    public override void Heuristic(in ActionBuffers actionsOut)
                    {
                #if ENABLE_LEGACY_INPUT_MANAGER
                %s#endif
                    }
                """.formatted(actions.continuous() > 0 ? axes() : keys());
    }

    private String axes() {
        String of = "        var continuous = actionsOut.ContinuousActions;\n";
        return switch (actions.continuous()) {
            case 1 -> of + "        continuous[0] = Input.GetAxis(\"Vertical\");\n";
            case 2 -> of + horizontal() + "        continuous[1] = Input.GetAxis(\"Vertical\");\n";
            default -> of + horizontal() + "        continuous[2] = Input.GetAxis(\"Vertical\");\n";
        };
    }

    private static String horizontal() {
        return "        continuous[0] = Input.GetAxis(\"Horizontal\");\n";
    }

    private String keys() {
        int choices = actions.discreteBranches().getFirst();
        StringBuilder keys = new StringBuilder("        var discrete = actionsOut.DiscreteActions;\n");
        String[] pressed = {
            "Input.GetAxis(\"Vertical\") > 0f",
            "Input.GetAxis(\"Vertical\") < 0f",
            "Input.GetAxis(\"Horizontal\") < 0f",
            "Input.GetAxis(\"Horizontal\") > 0f"
        };
        keys.append("        discrete[0] = ");
        for (int choice = 1; choice < choices && choice <= pressed.length; choice++) {
            keys.append(pressed[choice - 1]).append(" ? ").append(choice).append(" : ");
        }
        return keys.append("0;\n").toString();
    }
}
