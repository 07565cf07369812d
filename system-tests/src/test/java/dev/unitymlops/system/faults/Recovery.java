package dev.unitymlops.system.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** How long until what was struck made something again. */
final class Recovery {
    private Recovery() {}

    /** Empty when it made nothing more, as happens when others were quicker. */
    static Optional<Duration> of(Fleet fleet, Hit hit, Instant from) {
        Evidence evidence = fleet.evidence();
        Part part = hit.cell().part();
        Stream<Evidence.Seen> ends = Part.SERVICES.contains(part)
                ? by(fleet.member(hit.member()).pid(), part, evidence)
                : Part.SERVICES.stream().map(Part::output).flatMap(evidence::on);
        return ends.filter(it -> !it.bothers())
                .map(Evidence.Seen::at)
                .filter(it -> it.isAfter(from))
                .min(Instant::compareTo)
                .map(it -> Duration.between(from, it));
    }

    /** By the member's process that runs now, which is the one that was started after a kill. */
    private static Stream<Evidence.Seen> by(long process, Part part, Evidence evidence) {
        Makers makers = Makers.of(evidence, part);
        return evidence.on(part.output()).filter(it -> makers.made(process, it.key()));
    }
}
