package dev.unitymlops.build.script;

/**
 * A behaviour's script.
 *
 * @param source the C# text
 * @param origin where it came from
 * @param reward what it rewards, in words; empty when only the upstream knows
 */
public record Behaviour(String source, Origin origin, String reward) {

    /** Who wrote a script. */
    public enum Origin {
        TEMPLATE("template"),
        UPSTREAM("upstream");

        private final String word;

        Origin(String word) {
            this.word = word;
        }

        /** As {@code BuildFacts.behaviour_origin} says it. */
        public String word() {
            return word;
        }
    }
}
