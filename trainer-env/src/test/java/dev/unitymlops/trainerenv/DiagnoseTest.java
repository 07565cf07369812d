package dev.unitymlops.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts are the programs' own, seen when each fault was provoked. */
class DiagnoseTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("ERROR: No matching distribution found for mlagents==1.1.0", "Python 3.10.1 to 3.10.12"),
                arguments("ERROR: No matching distribution found for pettingzoo==1.15.0", "pettingzoo 1.15.0 refuses"),
                arguments("""
                        × Getting requirements to build wheel did not run successfully.
                        │ exit code: 1
                            ModuleNotFoundError: No module named 'pkg_resources'
                        """, "grpcio 1.48.2"),
                arguments("TypeError: Descriptors cannot be created directly.", "protobuf 4"),
                arguments("TypeError: Descriptors cannot not be created directly.", "protobuf 4"),
                arguments("""
                            agent_infos = output.rl_output.agentInfos[brain_param.brain_name]
                                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^
                          File "/env/google/protobuf/internal/containers.py", line 70, in __getitem__
                            return self._values[key]
                                   ~~~~~~~~~~~~^^^^^
                        TypeError: list indices must be integers or slices, not str
                        """, "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"),
                arguments("AttributeError: module 'numpy' has no attribute 'float'.", "numpy 1.24"),
                arguments("ModuleNotFoundError: No module named 'onnxscript'", "torch 2.9"),
                arguments("torch.onnx.OnnxExporterError: Module onnx is not installed!", "`import onnx` fails"),
                arguments("ModuleNotFoundError: No module named 'pkg_resources'", "setuptools 82"),
                arguments(
                        "ImportError: libcublas.so.12: cannot open shared object file: No such file or directory",
                        "without the nvidia packages"),
                arguments("ModuleNotFoundError: No module named 'distutils'", "Python 3.12"),
                arguments("OSError: [Errno 28] No space left on device", "disk is full"),
                arguments("Temporary failure resolving 'deb.example'", "cannot be reached"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void names_the_cause(String output, String cause) {
        var diagnosis = Diagnose.of("Traceback (most recent call last):\n" + output);

        assertThat(diagnosis).hasValueSatisfying(known -> {
            assertThat(known.cause()).contains(cause);
            assertThat(known.remedy()).isNotBlank();
            assertThat(output).contains(known.symptom());
        });
    }

    @Test
    void an_error_of_another_kind_is_left_alone() {
        assertThat(Diagnose.of("TypeError: list indices must be integers or slices, not str"))
                .as("any program may say this; only inside protobuf does it mean the version")
                .isEmpty();
        assertThat(Diagnose.of("[INFO] Exported results/check/Reach.onnx")).isEmpty();
    }
}
