package dev.unitymlops.train.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConsoleParserTest {

    @ParameterizedTest
    @MethodSource
    void understands(String line, ConsoleLine meaning) {
        assertThat(ConsoleParser.parse(line)).isEqualTo(meaning);
    }

    static Stream<Arguments> understands() {
        return Stream.of(
                Arguments.of(
                        "[INFO] Sim. Step: 3000. Time Elapsed: 4.677 s. Mean Reward: 0.779. Std of Reward: 0.271. Training.",
                        new ConsoleLine.Progress("Sim", 3000, 4.677, 0.779, 0.271)),
                Arguments.of(
                        "[INFO] Sim. Step: 20. Time Elapsed: 4.814 s. No episode was completed since last summary. Training.",
                        new ConsoleLine.Progress("Sim", 20, 4.814, null, null)),
                Arguments.of(
                        "[INFO] Goal v1.2. Far Step: 2000. Time Elapsed: 3.928 s. Mean Reward: -0.131. Std of Reward:"
                                + " 0.908. Training. ELO: 1201.501.",
                        new ConsoleLine.Other("[INFO] Goal v1.2. Far Step: 2000. Time Elapsed: 3.928 s. Mean Reward:"
                                + " -0.131. Std of Reward: 0.908. Training. ELO: 1201.501.")),
                Arguments.of(
                        "[INFO] Goal v1.2 far. Step: 2000. Time Elapsed: 3.928 s. Mean Reward: -0.131. Std of Reward:"
                                + " 0.908. Training. ELO: 1201.501.",
                        new ConsoleLine.Progress("Goal v1.2 far", 2000, 3.928, -0.131, 0.908)),
                Arguments.of(
                        "[INFO] Team. Step: 5000. Time Elapsed: 9.100 s. Mean Reward: 0.000. Mean Group Reward: 1.500. Training.",
                        new ConsoleLine.Progress("Team", 5000, 9.1, 0.0, null)),
                Arguments.of(
                        "[INFO] Sim. Step: 1000. Time Elapsed: 1.000 s. Mean Reward: nan. Std of Reward: nan. Not Training.",
                        new ConsoleLine.Progress("Sim", 1000, 1.0, null, null)),
                Arguments.of(
                        "[INFO] Connected to Unity environment with package version 4.0.0 and communication version 1.5.0",
                        new ConsoleLine.Connected("4.0.0", "1.5.0")),
                Arguments.of("[INFO] Connected new brain: Sim?team=0", new ConsoleLine.BehaviorFound("Sim")),
                Arguments.of(
                        "[INFO] Exported /r/job/Sim/Sim-2498.onnx",
                        new ConsoleLine.Exported("/r/job/Sim/Sim-2498.onnx")),
                Arguments.of(
                        "[INFO] Copied /r/Sim/Sim-3.onnx to /r/Sim.onnx.",
                        new ConsoleLine.Copied("/r/Sim/Sim-3.onnx", "/r/Sim.onnx")),
                Arguments.of(
                        "[INFO] Learning was interrupted. Please wait while the graph is generated.",
                        new ConsoleLine.Interrupted()),
                Arguments.of("[INFO] Resuming training from step 7981.", new ConsoleLine.Resumed(7981)),
                Arguments.of(
                        "[WARNING] Restarting worker[1] after 'Communicator has exited.'",
                        new ConsoleLine.RestartingWorker(1, "Communicator has exited.")),
                Arguments.of(
                        "[ERROR] Worker 0 exceeded the allowed number of restarts.",
                        new ConsoleLine.RestartsExceeded(0)),
                Arguments.of(
                        "[ERROR] SubprocessEnvManager had workers that didn't signal shutdown",
                        new ConsoleLine.LoggedError("SubprocessEnvManager had workers that didn't signal shutdown")),
                Arguments.of(
                        "Traceback (most recent call last):",
                        new ConsoleLine.Other("Traceback (most recent call last):")),
                Arguments.of("", new ConsoleLine.Other("")));
    }
}
