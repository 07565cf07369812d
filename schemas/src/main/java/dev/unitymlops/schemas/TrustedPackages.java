package dev.unitymlops.schemas;

import dev.unitymlops.events.TrainingJob;
import org.apache.avro.util.ClassSecurityValidator;

/** Lets Avro build the event classes: since 1.12.2 it refuses every class that nobody named. */
public final class TrustedPackages {

    private static final String EVENTS = TrainingJob.class.getPackageName();
    private static final ClassSecurityValidator.ClassSecurityPredicate TRUSTED = ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT, type -> type.getPackageName().equals(EVENTS));

    private TrustedPackages() {}

    /** Trusts the package of the generated events for this process; calling it again changes nothing. */
    public static void trust() {
        ClassSecurityValidator.setGlobal(TRUSTED);
    }
}
