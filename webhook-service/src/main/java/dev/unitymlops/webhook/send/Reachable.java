package dev.unitymlops.webhook.send;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses messages may go to: those of the public internet, and what is allowed by name. A job's webhook_url is
 * somebody else's text, and must not make this service call what only this service can reach.
 */
public final class Reachable {

    /** IANA's special-purpose registries for IPv4 and IPv6, and multicast; a mapped IPv4 address is one for Java. */
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/9",
                    "ff00::/8")
            .map(Network::of)
            .toList();

    private final Set<String> hosts = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();

    /**
     * @param allowed names of hosts, addresses and networks that are reachable although they are not public
     * @throws IllegalArgumentException when one is none of these; the message says why
     */
    public Reachable(List<String> allowed) {
        for (String one : allowed) {
            if (one.contains("/") || Network.looksLikeOne(one)) {
                networks.add(Network.of(one));
            } else {
                hosts.add(one.toLowerCase(Locale.ROOT));
            }
        }
    }

    boolean contains(String host, InetAddress address) {
        return hosts.contains(host.toLowerCase(Locale.ROOT))
                || networks.stream().anyMatch(network -> network.contains(address))
                || NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }
}
