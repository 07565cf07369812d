package dev.unitymlops.simulated.player;

import dev.unitymlops.simulated.wire.CommandProto;
import dev.unitymlops.simulated.wire.UnityMessageProto;
import dev.unitymlops.simulated.wire.UnityRLInitializationInputProto;
import dev.unitymlops.simulated.wire.UnityRLInputProto;
import dev.unitymlops.simulated.world.KnownWorld;
import dev.unitymlops.simulated.world.Moment;
import dev.unitymlops.simulated.world.World;
import dev.unitymlops.simulated.world.WorldDefinition;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Plays a world as its trainer says: greets, resets, steps, until told to stop or left alone. Runs on one thread. */
final class Player {

    private final WorldDefinition definition;
    private final TrainerLink link;
    private final PlayerLog log;
    private final Duration greetingBound;
    private final EnvironmentParameters parameters = new EnvironmentParameters();
    private final AtomicLong exchanges = new AtomicLong();
    private long episodes;
    private boolean announced;

    /** @param greetingBound how long a trainer may take to answer the first message */
    Player(WorldDefinition definition, TrainerLink link, PlayerLog log, Duration greetingBound) {
        this.definition = definition;
        this.link = link;
        this.log = log;
        this.greetingBound = greetingBound;
    }

    /** Plays to the end. @return why it ended */
    Outcome play() {
        Outcome outcome = converse();
        log.say("The player ends. reason=" + outcome + " exchanges=" + exchanges + " episodes=" + episodes);
        return outcome;
    }

    /** Exchanges with the trainer so far; from any thread. */
    long exchanges() {
        return exchanges.get();
    }

    private Outcome converse() {
        UnityMessageProto greeted;
        try {
            greeted = link.greet(Messages.greeting(), greetingBound);
        } catch (StatusRuntimeException unanswered) {
            log.say("The trainer did not answer the greeting. status=" + unanswered.getStatus());
            return Outcome.NO_TRAINER;
        }
        if (greeted.getHeader().getStatus() != Messages.OK) {
            return Outcome.TRAINER_STOPPED;
        }
        UnityRLInitializationInputProto start = greeted.getUnityInput().getRlInitializationInput();
        WorldDefinition all = definition.withAgents(definition.agents() * Math.max(1, start.getNumAreas()));
        World world = KnownWorld.named(all.world()).open(all, start.getSeed(), parameters);
        log.say("Connected to a trainer. seed=" + start.getSeed() + " agents=" + all.agents() + " communication="
                + start.getCommunicationVersion() + " trainer=" + start.getPackageVersion());
        try {
            return loop(world, new Messages(all, world.sensors()));
        } catch (StatusRuntimeException gone) {
            log.say("The trainer is gone. status=" + gone.getStatus());
            return Outcome.TRAINER_GONE;
        } catch (IllegalArgumentException unclear) {
            log.fail("The trainer's message cannot be followed.", unclear);
            return Outcome.TRAINER_UNCLEAR;
        }
    }

    private Outcome loop(World world, Messages messages) {
        UnityMessageProto answer = exchange(Messages.ready());
        while (answer.getHeader().getStatus() == Messages.OK) {
            UnityRLInputProto input = answer.getUnityInput().getRlInput();
            if (input.getCommand() == CommandProto.QUIT) {
                break;
            }
            listen(input);
            List<Moment> moments =
                    input.getCommand() == CommandProto.RESET ? world.reset() : world.advance(messages.actions(input));
            episodes += moments.stream().filter(Moment::over).count();
            answer = exchange(messages.moments(moments, !announced));
            announced = true;
        }
        return Outcome.TRAINER_STOPPED;
    }

    private UnityMessageProto exchange(UnityMessageProto message) {
        UnityMessageProto answer = link.exchange(message);
        exchanges.incrementAndGet();
        return answer;
    }

    private void listen(UnityRLInputProto input) {
        for (SideChannels.Message message : SideChannels.parse(input.getSideChannel())) {
            if (message.channel().equals(SideChannels.ENVIRONMENT_PARAMETERS)) {
                parameters.accept(message.payload());
            }
        }
    }
}
