package dev.unitymlops.cli.gc;

import dev.unitymlops.cli.settings.ServiceOptions;
import dev.unitymlops.runtime.Bytes;
import dev.unitymlops.runtime.Durations;
import dev.unitymlops.runtime.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code mlops gc}. */
final class GcOptions {
    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "30d",
            converter = Time.class,
            description = "Remove what was not used for so long. Default: ${DEFAULT-VALUE}.")
    private Duration olderThan = Duration.ofDays(30);

    @Option(
            names = "--keep-bytes",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Beyond so much in one place, such as 200GiB, remove younger ones too: copies of Unity"
                    + " projects, and what succeeded jobs left that no model comes from; the longest unused first.")
    private @Nullable Long keepBytes;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(
            names = "--no-cluster",
            description = "No services work on these artifacts, only `mlops run` does: ask no cluster for live jobs.")
    private boolean noCluster;

    @Option(
            names = "--registry",
            paramLabel = "WORD",
            description = "A further registry to ask for models: vertex or mlflow; the file registry always is.")
    private List<String> registries = new ArrayList<>();

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    Rules rules(Instant now) {
        return new Rules(now.minus(olderThan), keepBytes, dryRun);
    }

    boolean noCluster() {
        return noCluster;
    }

    List<String> registries() {
        return List.copyOf(registries);
    }

    ServiceOptions services() {
        return services;
    }

    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return converted(value, Durations::parse);
        }
    }

    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return converted(value, Bytes::parse);
        }
    }

    private static <T> T converted(String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (Setting.UnreadableValue e) {
            throw new TypeConversionException("'" + value + "' " + e.getMessage());
        }
    }
}
