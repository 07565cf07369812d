package dev.unitymlops.build.unity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure.Retry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as editors write them, from their users' reports. */
class EditorLogTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [unity-mlops] error: Scene 'Assets/A.unity' is not in the project. | BUILD_METHOD | USER | NEVER
                    Assets/A.cs(12,9): error CS0246: The type or namespace name 'Foo' could not be found | COMPILE_ERROR | USER | NEVER
                    It looks like another Unity instance is running with this project open. | PROJECT_IN_USE | INFRASTRUCTURE | BACK_OFF
                    Multiple Unity instances cannot open the same project. | PROJECT_IN_USE | INFRASTRUCTURE | BACK_OFF
                    IOException: No space left on device | DISK_FULL | INFRASTRUCTURE | BACK_OFF
                    Fatal Error! Could not allocate memory: System out of memory! | OUT_OF_MEMORY | INFRASTRUCTURE | BACK_OFF
                    No valid Unity Editor license found. Please activate your license. | NO_LICENCE | LICENCE | WAIT
                    BatchMode: Unity has not been activated with a valid License. | NO_LICENCE | LICENCE | WAIT
                    LICENSE SYSTEM [2022513 11:0:0] Failed to activate | NO_LICENCE | LICENCE | WAIT
                    Cancelling DisplayDialog: Failed to activate/update license. Missing or bad username | NO_LICENCE | LICENCE | WAIT
                    Machine identification is invalid for current license. | NO_LICENCE | LICENCE | WAIT
                    Error building player because build target was unsupported | TARGET_NOT_INSTALLED | INFRASTRUCTURE | NEVER
                    Project has invalid dependencies: | INVALID_PACKAGES | USER | NEVER
                    An error occurred while resolving packages: | PACKAGES_UNREACHABLE | INFRASTRUCTURE | BACK_OFF
                    executeMethod class 'UnityMlops.Editor.TrainingBuild' could not be found. | METHOD_NOT_FOUND | USER | NEVER
                    executeMethod method Build.Do threw exception. | METHOD_THREW | USER | NEVER
                    Couldn't set project path to: /nowhere | NO_PROJECT | USER | NEVER
                    Crash!!! | CRASH | INFRASTRUCTURE | BACK_OFF
                    Caught fatal signal - signo:11 code:1 errno:0 addr:0x8 | CRASH | INFRASTRUCTURE | BACK_OFF
                    Error building Player: 2 errors | PLAYER_BUILD_FAILED | USER | NEVER
                    [Licensing::Module] License is not active (com.unity.editor.headless). HasEntitlements will fail. | NO_HEADLESS_LICENCE | LICENCE | WAIT
                    Entitlement com.unity.editor.headless was not found | NO_HEADLESS_LICENCE | LICENCE | WAIT
                    """)
    void aLineTellsItsFault(String line, EditorFault fault, FailureCause cause, Retry retry) {
        EditorLog log = EditorLog.of(List.of("Refreshing native plugins", line, "Exiting batchmode"));

        assertThat(log.fault()).contains(fault);
        assertThat(log.evidence(fault)).containsExactly(line.strip());
        assertThat(fault.cause()).isEqualTo(cause);
        assertThat(fault.retry()).isEqualTo(retry);
    }

    @Test
    void whatGoodBuildsLogTooDoesNotHideTheCause() {
        EditorLog log = EditorLog.of(List.of(
                "Entitlement com.unity.editor.headless was not found",
                "Assets/A.cs(1,1): error CS1002: ; expected",
                "executeMethod class 'X' could not be found."));

        assertThat(log.fault()).contains(EditorFault.COMPILE_ERROR);
    }

    @Test
    void aGoodLogTellsNoFault() {
        assertThat(EditorLog.of(List.of(
                                "Compiled 0 error(s), 3 warning(s)",
                                "[Licensing::Client] Successfully resolved entitlement details",
                                "Build Finished, Result: Success."))
                        .fault())
                .isEmpty();
    }

    @Test
    void theSameErrorIsToldOnce() {
        String line = "Assets/A.cs(1,1): error CS1002: ; expected";

        assertThat(EditorLog.of(List.of(line, line)).evidence(EditorFault.COMPILE_ERROR))
                .containsExactly(line);
    }

    @Test
    void aLongLogWithForeignBytesIsReadToItsEnd() throws Exception {
        Path file = root.resolve("unity.log");
        try (var out = Files.newOutputStream(file)) {
            out.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
            for (int line : IntStream.range(0, 1000).toArray()) {
                out.write(("line " + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.write("Crash!!!\n".getBytes(StandardCharsets.UTF_8));
        }

        EditorLog log = EditorLog.read(root.resolve("missing.log"), file);

        assertThat(log.fault()).contains(EditorFault.CRASH);
        assertThat(log.tail()).hasSize(40).endsWith("Crash!!!").startsWith("line 961");
    }
}
