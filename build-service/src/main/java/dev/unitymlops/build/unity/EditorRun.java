package dev.unitymlops.build.unity;

import java.util.List;
import java.util.Optional;

/**
 * What a build was.
 *
 * @param commands what ran; none when the player of an earlier build was taken
 * @param project the project it read
 * @param fingerprint under which the player may serve later builds; empty when it may not
 */
public record EditorRun(List<EditorCommand> commands, ProjectFacts project, Optional<String> fingerprint) {

    public EditorRun {
        commands = List.copyOf(commands);
    }

    /** A build that serves no other. */
    static EditorRun of(EditorCommand command, ProjectFacts project) {
        return new EditorRun(List.of(command), project, Optional.empty());
    }
}
