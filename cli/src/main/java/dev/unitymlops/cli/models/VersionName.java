package dev.unitymlops.cli.models;

import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.runtime.InvalidSettings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version as people name it: {@code <asset id>/<behavior>@<version>}.
 *
 * @param version a number or an alias
 */
record VersionName(ParentModel model, String version) {
    private static final String REMEDY =
            "write <asset id>/<behavior>@<number or alias>, such as reach-001/Reach@latest";

    /** @throws InvalidSettings when it names no version */
    static VersionName parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0 || at == text.length() - 1) {
            throw invalid("MODEL@V", text, "names no version", REMEDY);
        }
        return new VersionName(model("MODEL@V", text.substring(0, at), REMEDY), text.substring(at + 1));
    }

    /** @throws InvalidSettings when it names no model */
    static ParentModel model(String text) {
        return model("MODEL", text, "write <asset id>/<behavior>, such as reach-001/Reach");
    }

    private static ParentModel model(String parameter, String text, String remedy) {
        try {
            return ParentModel.named(text);
        } catch (IllegalArgumentException e) {
            throw invalid(parameter, text, "names no model", remedy);
        }
    }

    /** Empty when it is an alias. */
    Optional<Integer> number() {
        return version.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(version)) : Optional.empty();
    }

    private static InvalidSettings invalid(String parameter, @Nullable String text, String message, String remedy) {
        return new InvalidSettings(List.of(new InvalidSettings.Problem(parameter, text, message, remedy)));
    }
}
