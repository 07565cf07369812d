package dev.unitymlops.webhook.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of addresses, such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
final class Network {

    /** What is surely an address and never a name, so that nothing is looked up. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Whether a text is meant as a network or an address, not as the name of a host. */
    static boolean looksLikeOne(String text) {
        return LITERAL.matcher(text.split("/", 2)[0]).matches();
    }

    /**
     * Reads an address or a range.
     *
     * @throws IllegalArgumentException when it is neither; the message says why
     */
    static Network of(String text) {
        String[] parts = text.split("/", 2);
        byte[] address = bytes(parts[0]);
        int most = address.length * 8;
        int bits = parts.length == 1 ? most : prefix(parts[1]);
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("the prefix of " + text + " is not from 0 to " + most);
        }
        return new Network(address, bits);
    }

    private static byte[] bytes(String text) {
        try {
            if (LITERAL.matcher(text).matches()) {
                return InetAddress.getByName(text).getAddress();
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is not an IP address", e);
        }
        throw new IllegalArgumentException(text + " is not an IP address");
    }

    private static int prefix(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("/" + text + " is not a prefix", e);
        }
    }

    boolean contains(InetAddress other) {
        byte[] its = other.getAddress();
        if (its.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((its[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
