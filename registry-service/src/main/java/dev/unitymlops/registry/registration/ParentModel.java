package dev.unitymlops.registry.registration;

/** What the versions of a model have in common: the behaviour of an asset. */
public record ParentModel(String assetId, String behavior) {

    /**
     * Reads {@link #name()}.
     *
     * @throws IllegalArgumentException when it has not one slash with something on both sides
     */
    public static ParentModel named(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' names no model: write <asset id>/<behavior>");
        }
        return new ParentModel(parts[0], parts[1]);
    }

    /** {@code <asset id>/<behavior>}: neither of them has a slash, so no two parents share a name. */
    public String name() {
        return assetId + "/" + behavior;
    }
}
