package dev.unitymlops.runtime;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that is the process: from its arguments to its exit code. */
final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

    private final Service<?> service;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final CompletableFuture<Void> signal = new CompletableFuture<>();
    private final CompletableFuture<ExitCode> finished = new CompletableFuture<>();
    private final AtomicReference<@Nullable Thread> starting = new AtomicReference<>();

    ServiceProcess(Service<?> service) {
        this.service = service;
    }

    ExitCode run(List<String> arguments, Map<String, String> environment) {
        var parsed = new ServiceArguments(arguments);
        if (parsed.help()) {
            out.print(new ServiceHelp(service).text());
            return ExitCode.DONE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "shutdown"));
        ExitCode code = ExitCode.FAILED;
        try {
            code = startAndWait(parsed.settings(environment));
        } catch (InvalidSettings e) {
            err.println(service.name() + " cannot start, its settings are wrong:");
            e.problems().forEach(problem -> err.println("  " + problem.line()));
            code = ExitCode.INVALID;
        } catch (InterruptedException e) {
            LOG.info("Asked to stop before it had started service={}", service.name());
            code = ExitCode.DONE;
        } catch (Exception e) {
            LOG.error("The service could not start service={}", service.name(), e);
            err.println(service.name() + " cannot start: " + e.getMessage());
            code = ExitCode.of(e);
        } finally {
            finished.complete(code);
        }
        return code;
    }

    private ExitCode startAndWait(Settings settings) throws Exception {
        try (var running = start(settings)) {
            CompletableFuture<Throwable> fatal = running.fatal();
            CompletableFuture.anyOf(fatal, signal).join();
            if (fatal.isDone()) {
                return ExitCode.of(fatal.join());
            }
            LOG.info("Asked to stop, draining service={}", service.name());
            running.drain();
            return ExitCode.DONE;
        }
    }

    /** A signal interrupts the start, which may be waiting for a broker. */
    private RunningServices start(Settings settings) throws Exception {
        starting.set(Thread.currentThread());
        try {
            return RunningServices.start(settings, List.of(service));
        } finally {
            starting.set(null);
        }
    }

    /**
     * A JVM that ends by a signal would exit with 128 plus its number whatever we did; halting with our own code tells
     * an orderly stop from a failed one.
     */
    private void onShutdown() {
        signal.complete(null);
        Thread atStart = starting.getAndSet(null);
        if (atStart != null) {
            atStart.interrupt();
        }
        Runtime.getRuntime().halt(finished.join().code());
    }
}
