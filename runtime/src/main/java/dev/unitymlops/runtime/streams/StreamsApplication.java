package dev.unitymlops.runtime.streams;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.Topology;

/**
 * A topology and how it is to run.
 *
 * @param name of the component, such as {@code build-coordinator}
 * @param service name of its service; with the installation's prefix the application id, and so the consumer group and the
 *     name of changelogs
 * @param defaults Streams' settings that {@code kafka.*} may change
 * @param fixed Streams' settings on which the guarantees rest
 * @param stateFolder local folder for Streams' own files; losing it costs a restore, nothing else
 */
public record StreamsApplication(
        String name,
        String service,
        Topology topology,
        Map<String, ?> defaults,
        Map<String, ?> fixed,
        Path stateFolder) {}
