package dev.unitymlops.registry.registration;

/** What the versions of a model have in common: the behaviour of an asset. */
public record ParentModel(String assetId, String behavior) {

    /** {@code <asset id>/<behavior>}: neither of them has a slash, so no two parents share a name. */
    public String name() {
        return assetId + "/" + behavior;
    }
}
