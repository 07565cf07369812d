package dev.unitymlops.stage;

import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.intake.Admission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A stage's service as a process, with settings as {@code key=value} arguments; a test ends it. */
final class InstanceProcess {

    private InstanceProcess() {}

    public static void main(String[] arguments) throws Exception {
        TrustedPackages.trust();
        Map<String, String> settings = Arrays.stream(arguments)
                .collect(Collectors.toMap(
                        argument -> argument.substring(0, argument.indexOf('=')),
                        argument -> argument.substring(argument.indexOf('=') + 1)));
        RunningServices services =
                RunningServices.start(Settings.of(settings), List.of(Fleet.service(new DryBuilds(), Admission.ALL)));
        Throwable reason = services.fatal().get();
        throw new IllegalStateException("the instance cannot go on", reason);
    }
}
