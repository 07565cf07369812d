package dev.unitymlops.trainerenv;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows the texts with which wrong environments fail; each was provoked with the versions named. */
public final class Diagnose {
    private static final String REMAKE =
            "; `mlops trainer-env create` makes an environment with the versions that work together";

    /** First match wins: what is said of several causes stands after what tells them apart. */
    private static final List<Rule> RULES = List.of(
            wrongVersion(
                    "No matching distribution found for pettingzoo==1\\.15\\.0",
                    "pettingzoo 1.15.0 refuses Python 3.11, and mlagents-learn never imports it",
                    "leave it out: install the lock file with --no-deps"),
            wrongVersion(
                    "No matching distribution found for mlagents==1\\.1\\.0",
                    "mlagents 1.1.0 allows Python 3.10.1 to 3.10.12 only",
                    "use a Python in that range, or pip's --ignore-requires-python with 3.10 or 3.11"),
            wrongVersion(
                    "(?s)Getting requirements to build wheel did not run successfully.*No module named 'pkg_resources'",
                    "pip tries to compile grpcio 1.48.2, which has no wheel for Python 3.11",
                    "take grpcio 1.53.2 as a wheel: --only-binary :all:"),
            wrongVersion("Descriptors cannot (?:not )?be created directly", "protobuf 4 or newer", "protobuf 3.20.3"),
            wrongVersion(
                    "(?s)google/protobuf/internal/containers\\.py.{0,300}TypeError: list indices must be integers or slices, not str",
                    "protobuf 4 or newer with PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python, which is no workaround",
                    "protobuf 3.20.3, and unset the variable"),
            wrongVersion(
                    "module 'numpy' has no attribute '(?:float|long|bool|int|object)'",
                    "numpy 1.24 or newer",
                    "numpy 1.23.5"),
            wrongVersion(
                    "No module named 'onnxscript'",
                    "torch 2.9 or newer: its ONNX export needs onnxscript, which needs a newer onnx; no model was written",
                    "torch 2.8.0"),
            wrongVersion(
                    "OnnxExporterError: Module onnx is not installed!",
                    "`import onnx` fails, often because onnx is newer than 1.16 and lacks ml_dtypes; no model was written",
                    "onnx 1.15.0"),
            wrongVersion(
                    "No module named 'pkg_resources'",
                    "setuptools 82 or newer, which no longer brings pkg_resources",
                    "setuptools 80.9.0"),
            wrongVersion(
                    "ImportError: lib(?:cu\\w+|nccl|nvJitLink|nv\\w+)\\.so[.\\d]*: cannot open shared object file",
                    "PyPI's torch was installed without the nvidia packages that it loads",
                    "install torch==2.8.0 with its dependencies, or use Debian's python3-torch"),
            wrongVersion(
                    "No module named 'distutils'",
                    "Python 3.12 or newer, which no longer has distutils",
                    "Python 3.10 or 3.11"),
            rule(
                    "ensurepip is not available",
                    "this Python cannot make virtual environments",
                    "install Debian's python3-venv"),
            rule(
                    "No space left on device",
                    "the disk is full",
                    "free some space, or put the cache elsewhere with MLOPS_CACHE_DIR (and TMPDIR, where pip unpacks)"),
            rule(
                    "Could not get lock /var/lib/",
                    "another program installs system packages",
                    "try again when it has ended"),
            rule(
                    "Temporary failure (?:in name resolution|resolving)|NewConnectionError|Could not resolve|"
                            + "Unknown host|ReadTimeoutError|Connection timed out|ProxyError",
                    "the package index cannot be reached",
                    "check the network, and the proxy and index settings of pip, apt and Maven on this machine"),
            rule(
                    "CERTIFICATE_VERIFY_FAILED",
                    "the package index's certificate is not trusted by this Python",
                    "name your certificates with PIP_CERT or SSL_CERT_FILE"));

    private Diagnose() {}

    /**
     * Names the cause, where the text is a known one.
     *
     * @param output of the program that failed, or its end
     */
    public static Optional<Diagnosis> of(String output) {
        return RULES.stream().flatMap(rule -> rule.in(output).stream()).findFirst();
    }

    private static Rule wrongVersion(String symptom, String cause, String remedy) {
        return rule(symptom, cause, remedy + REMAKE);
    }

    private static Rule rule(String symptom, String cause, String remedy) {
        return new Rule(Pattern.compile(symptom), cause, remedy);
    }

    private record Rule(Pattern symptom, String cause, String remedy) {
        Optional<Diagnosis> in(String output) {
            var found = symptom.matcher(output);
            return found.find() ? Optional.of(new Diagnosis(lastLine(found.group()), cause, remedy)) : Optional.empty();
        }

        private static String lastLine(String match) {
            return match.substring(match.lastIndexOf('\n') + 1).strip();
        }
    }
}
