package dev.unitymlops.trainerenv;

/**
 * What one check of an environment saw.
 *
 * @param check a stable name: {@code python}, {@code torch}, ..., {@code start}, {@code training}
 * @param remedy empty when all is well
 */
public record Finding(String check, boolean ok, String found, String expected, String remedy) {
    static Finding good(String check, String found, String expected) {
        return new Finding(check, true, found, expected, "");
    }

    static Finding bad(String check, String found, String expected, String remedy) {
        return new Finding(check, false, found, expected, remedy);
    }
}
