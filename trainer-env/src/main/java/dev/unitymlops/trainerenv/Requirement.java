package dev.unitymlops.trainerenv;

import java.util.List;

/**
 * The versions of one package that work with mlagents 1.1.0, from {@code low} on and below {@code high}.
 *
 * @param why what happens outside that range
 * @param use the version to take
 */
record Requirement(String name, Version low, Version high, String why, String use) {
    static final List<Requirement> ALL = List.of(
            new Requirement(
                    "python",
                    Version.of(3, 10, 1),
                    Version.of(3, 12),
                    "mlagents imports distutils, which Python 3.12 no longer has",
                    "make the environment with Python 3.10 or 3.11"),
            new Requirement(
                    "mlagents",
                    Version.of(1, 1),
                    Version.of(2),
                    "without a version pip takes the newest that admits this Python, for 3.11 that is 0.28.0",
                    "mlagents==1.1.0"),
            new Requirement(
                    "torch",
                    Version.of(1, 13),
                    Version.of(2, 9),
                    "from 2.9 on no model can be exported: it fails at the first checkpoint, not at the start",
                    "torch==2.8.0"),
            new Requirement(
                    "numpy",
                    Version.of(1, 23, 5),
                    Version.of(1, 24),
                    "mlagents uses np.float, which 1.24 no longer has",
                    "numpy==1.23.5"),
            new Requirement(
                    "protobuf",
                    Version.of(3, 6),
                    Version.of(3, 21),
                    "mlagents' generated messages are refused by 4 and later",
                    "protobuf==3.20.3"),
            new Requirement(
                    "setuptools",
                    Version.of(1),
                    Version.of(82),
                    "mlagents imports pkg_resources, which 82 no longer has",
                    "setuptools==80.9.0"),
            new Requirement(
                    "onnx",
                    Version.of(1, 15),
                    Version.of(1, 16),
                    "later ones need protobuf 4 or ml_dtypes, and torch then says that onnx is not installed",
                    "onnx==1.15.0"),
            new Requirement(
                    "grpcio",
                    Version.of(1, 11),
                    Version.of(1, 54),
                    "mlagents was tried with 1.53.2 and older",
                    "grpcio==1.53.2"));

    Finding check(String found) {
        var range = "from " + low + " on, below " + high;
        boolean ok = Version.parse(found)
                .filter(version -> version.compareTo(low) >= 0 && version.compareTo(high) < 0)
                .isPresent();
        return ok ? Finding.good(name, found, range) : Finding.bad(name, found, range, use + " (" + why + ")");
    }
}
