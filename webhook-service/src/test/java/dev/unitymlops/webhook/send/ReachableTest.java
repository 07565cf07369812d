package dev.unitymlops.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableTest {

    private static final Reachable PUBLIC = new Reachable(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:db8::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsNotReached(String address) throws Exception {
        assertThat(PUBLIC.contains("host", at(address))).isFalse();
    }

    @Test
    void anIPv4AddressInIPv6sClothesIsStillOne() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        assertThat(PUBLIC.contains("host", InetAddress.getByAddress(mapped))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void theInternetIsReached(String address) throws Exception {
        assertThat(PUBLIC.contains("host", at(address))).isTrue();
    }

    @Test
    void hostsAndNetworksAreAllowedByName() throws Exception {
        Reachable some = new Reachable(List.of("Hooks.internal", "10.1.0.0/16", "192.168.7.7", "fd00::/8"));
        InetAddress elsewhere = at("10.2.0.1");
        assertThat(some.contains("hooks.internal", elsewhere)).isTrue();
        assertThat(some.contains("other.internal", elsewhere)).isFalse();
        assertThat(some.contains("any", at("10.1.255.1"))).isTrue();
        assertThat(some.contains("any", at("192.168.7.7"))).isTrue();
        assertThat(some.contains("any", at("192.168.7.8"))).isFalse();
        assertThat(some.contains("any", at("fd12::1"))).isTrue();
        assertThat(some.contains("any", at("fc12::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "hooks.internal/8", "300.1.1.1", "fd00::/129"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> new Reachable(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress at(String address) throws UnknownHostException {
        return InetAddress.getAllByName(address)[0];
    }
}
