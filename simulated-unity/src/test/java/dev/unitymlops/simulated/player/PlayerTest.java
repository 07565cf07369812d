package dev.unitymlops.simulated.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.simulated.wire.AgentActionProto;
import dev.unitymlops.simulated.wire.AgentInfoProto;
import dev.unitymlops.simulated.wire.UnityMessageProto;
import dev.unitymlops.simulated.wire.UnityRLInitializationOutputProto;
import dev.unitymlops.simulated.wire.UnityRLInputProto;
import dev.unitymlops.simulated.world.ActionSpace;
import dev.unitymlops.simulated.world.Definitions;
import dev.unitymlops.simulated.world.WorldDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayerTest {

    private static final int AGENTS = 4;
    private static final WorldDefinition WORLD = Definitions.reach(
            new ActionSpace(2, List.of()), Definitions.vector("target_position", 2), Definitions.vector("velocity", 2));

    @TempDir
    private Path folder;

    private Trainer trainer;
    private CompletableFuture<Outcome> playing;

    @BeforeEach
    void listen() throws IOException {
        trainer = new Trainer();
    }

    @AfterEach
    void hangUp() throws Exception {
        trainer.close();
        outcome();
    }

    @Test
    void introducesItselfAndThenItsBehaviour() throws Exception {
        play();
        UnityRLInitializationOutputProto greeting =
                trainer.hear().getUnityOutput().getRlInitializationOutput();
        assertThat(greeting.getName()).isEqualTo("AcademySingleton");
        assertThat(greeting.getCommunicationVersion()).isEqualTo("1.5.0");
        assertThat(greeting.getCapabilities().getHybridActions()).isTrue();
        trainer.answer(UnityRLInputProto.newBuilder());
        assertThat(trainer.hear().hasUnityOutput()).isFalse();
        trainer.reset();

        UnityMessageProto first = trainer.hear();
        assertThat(first.getHeader().getStatus()).isEqualTo(200);
        assertThat(first.getUnityOutput().getRlInitializationOutput().getBrainParametersList())
                .singleElement()
                .satisfies(brain -> {
                    assertThat(brain.getBrainName()).isEqualTo(Trainer.BEHAVIOR);
                    assertThat(brain.getIsTraining()).isTrue();
                    assertThat(brain.getActionSpec().getNumContinuousActions()).isEqualTo(2);
                });
        List<AgentInfoProto> agents = agents(first);
        assertThat(agents).hasSize(AGENTS).noneMatch(AgentInfoProto::getDone);
        assertThat(agents.getFirst().getObservationsList()).singleElement().satisfies(seen -> {
            assertThat(seen.getName()).isEqualTo("VectorSensor_size4");
            assertThat(seen.getShapeList()).containsExactly(4);
            assertThat(seen.getFloatData().getDataList()).hasSize(4);
        });

        trainer.act(towards(agents));
        assertThat(trainer.hear().getUnityOutput().hasRlInitializationOutput()).isFalse();
    }

    @Test
    void givesEachAgentItsOwnAction() throws Exception {
        play();
        trainer.begin(1);
        trainer.hearAgents();
        trainer.act(List.of(action(1, 0), action(0, 1), action(-1, 0), action(0, 0)));
        List<AgentInfoProto> moved =
                trainer.hearAgents().stream().filter(agent -> !agent.getDone()).toList();
        assertThat(velocity(moved.get(0)).getFirst()).isPositive();
        assertThat(velocity(moved.get(1)).getLast()).isPositive();
        assertThat(velocity(moved.get(2)).getFirst()).isNegative();
        assertThat(velocity(moved.get(3))).containsExactly(0f, 0f);
    }

    @Test
    void endsEpisodesOnceAndGoesOnUnderANewId() throws Exception {
        play();
        trainer.begin(1);
        List<AgentInfoProto> requests = trainer.hearAgents();
        Set<Integer> ended = new HashSet<>();
        while (ended.size() < 3 * AGENTS) {
            trainer.act(towards(requests));
            List<AgentInfoProto> agents = trainer.hearAgents();
            requests = agents.stream().filter(agent -> !agent.getDone()).toList();
            assertThat(requests).hasSize(AGENTS).noneMatch(agent -> ended.contains(agent.getId()));
            for (AgentInfoProto agent : agents) {
                if (agent.getDone()) {
                    assertThat(ended.add(agent.getId())).isTrue();
                    assertThat(agent.getReward()).isGreaterThan(0.9f);
                    assertThat(agent.getMaxStepReached()).isFalse();
                    assertThat(agent.getObservations(0).getFloatData().getDataList())
                            .hasSize(4);
                }
            }
        }
    }

    @Test
    void marksEpisodesThatAreCut() throws Exception {
        play();
        trainer.begin(1);
        List<AgentInfoProto> agents = trainer.hearAgents();
        while (agents.size() == AGENTS) {
            trainer.act(agents.stream().map(agent -> action(0, 0)).toList());
            agents = trainer.hearAgents();
        }
        assertThat(agents.subList(0, AGENTS)).allMatch(agent -> agent.getDone() && agent.getMaxStepReached());
    }

    @Test
    void resetsAnyTimeWithoutEndingTheEpisodes() throws Exception {
        play();
        trainer.begin(1);
        List<AgentInfoProto> before = trainer.hearAgents();
        trainer.act(towards(before));
        trainer.hearAgents();
        trainer.reset();
        List<AgentInfoProto> after = trainer.hearAgents();
        assertThat(after).hasSize(AGENTS).noneMatch(AgentInfoProto::getDone);
        assertThat(after).extracting(AgentInfoProto::getReward).containsOnly(0f);
        assertThat(after)
                .extracting(AgentInfoProto::getId)
                .doesNotContainAnyElementsOf(
                        before.stream().map(AgentInfoProto::getId).toList());
    }

    @Test
    void playsTheSameForASeed() throws Exception {
        List<UnityMessageProto> first = transcript(5);
        assertThat(transcript(5)).isEqualTo(first);
        assertThat(transcript(6)).isNotEqualTo(first);
    }

    @Test
    void bringsAsManyAreasAsTheTrainerWants() throws Exception {
        play();
        trainer.greet(1, 3);
        trainer.hear();
        trainer.reset();
        assertThat(trainer.hearAgents()).hasSize(3 * AGENTS);
    }

    @Test
    void stopsWhenTheTrainerSaysSo() throws Exception {
        play();
        trainer.begin(1);
        trainer.hear();
        trainer.stop();
        assertThat(outcome()).isEqualTo(Outcome.TRAINER_STOPPED);
    }

    @Test
    void stopsWhenTheTrainerIsGone() throws Exception {
        play();
        trainer.begin(1);
        trainer.hear();
        trainer.close();
        assertThat(outcome()).isEqualTo(Outcome.TRAINER_GONE);
    }

    @Test
    void stopsWhenNobodyAnswersTheGreeting() throws Exception {
        trainer.close();
        play(Duration.ofMillis(300));
        assertThat(outcome()).isEqualTo(Outcome.NO_TRAINER);
    }

    @Test
    void stopsWhenActionsDoNotFitTheRequests() throws Exception {
        play();
        trainer.begin(1);
        trainer.hear();
        trainer.act(List.of(action(0, 0)));
        assertThat(outcome()).isEqualTo(Outcome.TRAINER_UNCLEAR);
    }

    private List<UnityMessageProto> transcript(int seed) throws Exception {
        play();
        trainer.begin(seed);
        List<UnityMessageProto> said = new ArrayList<>();
        for (int exchange = 0; exchange < 30; exchange++) {
            said.add(trainer.hear());
            trainer.act(towards(agents(said.getLast())));
        }
        trainer.hear();
        trainer.stop();
        outcome();
        return said;
    }

    private void play() {
        play(Duration.ofSeconds(20));
    }

    private Outcome outcome() throws Exception {
        return playing.get(180, TimeUnit.SECONDS);
    }

    private void play(Duration greetingBound) {
        playing = CompletableFuture.supplyAsync(
                () -> {
                    try (PlayerLog log = PlayerLog.open(folder.resolve("player.log"));
                            TrainerLink link = TrainerLink.to(trainer.port())) {
                        return new Player(WORLD, link, log, greetingBound).play();
                    } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                command -> Thread.ofVirtual().start(command));
    }

    private static List<AgentInfoProto> agents(UnityMessageProto message) {
        return message.getUnityOutput()
                .getRlOutput()
                .getAgentInfosOrThrow(Trainer.BEHAVIOR)
                .getValueList();
    }

    /** Full speed to the target for each agent that wants a decision. */
    private static List<AgentActionProto> towards(List<AgentInfoProto> agents) {
        Function<AgentInfoProto, AgentActionProto> decide = agent -> {
            List<Float> seen = agent.getObservations(0).getFloatData().getDataList();
            double way = Math.hypot(seen.get(0), seen.get(1));
            return action(seen.get(0) / way, seen.get(1) / way);
        };
        return agents.stream().filter(agent -> !agent.getDone()).map(decide).toList();
    }

    private static AgentActionProto action(double x, double z) {
        return AgentActionProto.newBuilder()
                .addContinuousActions((float) x)
                .addContinuousActions((float) z)
                .build();
    }

    private static List<Float> velocity(AgentInfoProto agent) {
        return agent.getObservations(0).getFloatData().getDataList().subList(2, 4);
    }
}
