package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunningServicesTest {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final RecordingComponent first = new RecordingComponent("first", calls);
    private final RecordingComponent second = new RecordingComponent("second", calls);
    private final RecordingComponent third = new RecordingComponent("third", calls);

    private static Service<String> service(String name, Component... components) {
        return new Service<>(
                name, s -> s.key(name + ".colour", "Colour.").text("red"), (colour, metrics) -> List.of(components));
    }

    private static Settings settings(String... keysAndValues) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.of(values);
    }

    private RunningServices start(Service<?>... services) throws Exception {
        return RunningServices.start(settings("service.drain-timeout", "7s"), List.of(services));
    }

    @Test
    void startsInOrderDrainsAllAndClosesInReverse() throws Exception {
        try (var running = start(service("one", first, second), service("two", third))) {
            assertThat(calls).containsExactly("start first", "start second", "start third");
            calls.clear();

            running.drain();
            assertThat(calls).containsExactlyInAnyOrder("drain first 7", "drain second 7", "drain third 7");
            calls.clear();
        }
        assertThat(calls).containsExactly("close third", "close second", "close first");
    }

    @Test
    void aFailedStartClosesWhatHadStarted() {
        second.failingToStart(new IOException("no disk"));

        assertThatThrownBy(() -> start(service("one", first, second, third)))
                .isInstanceOf(IOException.class)
                .hasMessage("no disk");
        assertThat(calls).containsExactly("start first", "start second", "close second", "close first");
    }

    @Test
    void oneThatFailsToCloseDoesNotKeepTheOthersOpen() throws Exception {
        start(service("one", first, second.failingToClose(new IllegalStateException("stuck")), third))
                .close();

        assertThat(calls).endsWith("close third", "close second", "close first");
    }

    @Test
    void closingTwiceClosesOnce() throws Exception {
        var running = start(service("one", first));
        running.close();
        running.close();

        assertThat(calls).containsExactly("start first", "close first");
    }

    @Test
    void theFirstFatalFailureIsTheReason() throws Exception {
        try (var running = start(service("one", first, second))) {
            assertThat(running.fatal()).isNotDone();

            Objects.requireNonNull(second.onFatal).stop(new IOException("thread ended"));
            Objects.requireNonNull(first.onFatal).stop(new IOException("follows from it"));

            assertThat(running.fatal())
                    .isCompletedWithValueMatching(reason -> "thread ended".equals(reason.getMessage()));
        }
    }

    @Test
    void problemsOfAllServicesShowAtOnceAndNothingStarts() {
        Service<Integer> picky = new Service<>(
                "picky", s -> s.key("picky.count", "Count.").count(1, 1, 2), (count, metrics) -> List.of(first));
        Service<String> needy = new Service<>(
                "needy",
                s -> Objects.requireNonNull(s.key("needy.name", "Name.").optionalText()),
                (name, metrics) -> List.of(second));
        var settings = settings("picky.count", "9", "one.color", "blue", "http.port", "99999");

        assertThatThrownBy(() -> RunningServices.start(settings, List.of(picky, service("one", third))))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("http.port = \"99999\"")
                .hasMessageContaining("picky.count = \"9\"")
                .hasMessageContaining("one.color: there is no such setting (did you mean one.colour?)");
        assertThatThrownBy(() -> RunningServices.start(settings, List.of(picky, needy)))
                .isInstanceOf(InvalidSettings.class);
        assertThat(calls).isEmpty();
    }

    @Test
    void servicesOfOneProcessShareOneBag() throws Exception {
        var read = new ArrayList<String>();
        Service<String> red =
                new Service<>("a", s -> s.key("a.colour", "Colour.").text(), (colour, metrics) -> {
                    read.add(colour);
                    return List.of();
                });
        Service<String> blue =
                new Service<>("b", s -> s.key("b.colour", "Colour.").text(), (colour, metrics) -> {
                    read.add(colour);
                    return List.of();
                });

        RunningServices.start(settings("a.colour", "red", "b.colour", "blue"), List.of(red, blue))
                .close();

        assertThat(read).containsExactly("red", "blue");
    }

    @Test
    void healthIsThatOfTheWorstComponentAndIsServed() throws Exception {
        second.with(Health.down("its thread ended"));
        try (var running = start(service("one", first, second));
                var client = HttpClient.newHttpClient()) {
            assertThat(running.health()).isEqualTo(Health.down("its thread ended"));

            URI health = Objects.requireNonNull(running.opsAddress()).resolve("/health");
            var answer = client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("its thread ended");

            second.with(Health.up());
            assertThat(running.health()).isEqualTo(Health.up());
            running.drain();
            assertThat(running.health()).isEqualTo(Health.down("it is stopping"));
        }
    }

    @Test
    void componentsOfTheSameNameInTwoServicesAreTwo() throws Exception {
        var sick = new RecordingComponent("intake", calls).with(Health.down("its thread ended"));
        var sound = new RecordingComponent("intake", calls);

        try (var running = start(service("one", sick), service("two", sound))) {
            assertThat(running.health().status()).isEqualTo(Health.Status.DOWN);
        }
    }

    @Test
    void aComponentThatNeverEndsItsDrainIsClosedAllTheSame() throws Exception {
        var stuck = new RecordingComponent("stuck", calls).hangingInDrain();

        try (var running =
                RunningServices.start(settings("service.drain-timeout", "0s"), List.of(service("one", first, stuck)))) {
            running.drain();
        }

        assertThat(calls).endsWith("close stuck", "close first");
    }

    @Test
    void aCheckThatThrowsIsDown() throws Exception {
        try (var running = start(service("one", first.failingToCheck(new IllegalStateException("torn"))))) {
            assertThat(running.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(running.health().reason()).contains("torn");
        }
    }

    @Test
    void helpListsTheSettingsOfServiceAndRuntime() {
        String help = new ServiceHelp(service("one")).text();

        assertThat(help)
                .contains("usage: one ", "| `one.colour` | text | `red` | Colour. |", "| `service.drain-timeout` |");
    }

    @Test
    void exitCodesFollowTheFirstCauseThatCarriesOne() {
        assertThat(Map.of(
                        ExitCode.FAILED, new IllegalStateException("x"),
                        ExitCode.INVALID, new InvalidSettings(List.of()),
                        ExitCode.MISSING, new IllegalStateException(new MissingHere("x")),
                        ExitCode.UNREACHABLE, new Unreachable("x", null)))
                .allSatisfy((code, reason) -> assertThat(ExitCode.of(reason)).isEqualTo(code));
    }
}
