package dev.unitymlops.webhook.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks a host up once and gives only addresses that may be called: the connection goes to one of them, so a name that
 * means another address a moment later gains nothing.
 */
final class CheckedAddresses implements DnsResolver {

    /** No address of the host may be called. */
    static final class Forbidden extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Forbidden(String host) {
            super(host);
        }
    }

    /** Finds the addresses of a host. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Reachable reachable;
    private final Lookup lookup;
    private final ExecutorService lookups;
    private final Duration timeout;

    /** @param lookups has real threads: a lookup holds its thread, and virtual ones would hold all others up */
    CheckedAddresses(Reachable reachable, Lookup lookup, ExecutorService lookups, Duration timeout) {
        this.reachable = reachable;
        this.lookup = lookup;
        this.lookups = lookups;
        this.timeout = timeout;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] allowed = Arrays.stream(lookUp(host))
                .filter(address -> reachable.contains(host, address))
                .toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new Forbidden(host);
        }
        return allowed;
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> found = lookups.submit(() -> lookup.of(host));
        try {
            return found.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown(host, e.getCause());
        } catch (TimeoutException e) {
            throw unknown(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
