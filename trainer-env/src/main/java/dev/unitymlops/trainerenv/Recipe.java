package dev.unitymlops.trainerenv;

/** The two ways in which the trainer was seen to work; each makes an environment of its own name. */
public enum Recipe {
    /** PyPI's torch 2.8.0 (CUDA 12.8, also runs without a GPU) on Python 3.10 or 3.11: 4 GB to fetch. */
    PYPI("pypi"),
    /** Debian 12's own Python 3.11 and torch 1.13, CPU only. */
    DEBIAN("debian");

    private final String label;

    Recipe(String label) {
        this.label = label;
    }

    /** The folder under the home of all environments; changes with the lock file. */
    String folderName() {
        return "mlagents-1.1.0-" + label + "-" + LockFile.sha256().substring(0, 8);
    }
}
