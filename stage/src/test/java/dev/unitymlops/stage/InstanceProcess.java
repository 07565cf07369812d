package dev.unitymlops.stage;

import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.intake.Admission;

/** A stage's service as a process, with a service's arguments; a test ends it. */
final class InstanceProcess {

    private InstanceProcess() {}

    public static void main(String[] arguments) {
        TrustedPackages.trust();
        System.exit(Fleet.service(new DryBuilds(), Admission.ALL).run(arguments));
    }
}
