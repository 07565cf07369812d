package dev.unitymlops.registry.vertex;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of a bucket.
 *
 * @param prefix empty, or ends with a slash
 */
record BucketFolder(String bucket, String prefix) {

    /** Google's rule for bucket names, roughly; the service knows the rest. */
    private static final Pattern TEXT = Pattern.compile("(?:gs://)?([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/(.*))?");

    /**
     * Reads {@code gs://bucket/folder}, {@code gs://bucket} or {@code bucket}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static BucketFolder parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        String folder = matcher.group(2) == null ? "" : matcher.group(2).replaceAll("/+$", "");
        return new BucketFolder(matcher.group(1), folder.isEmpty() ? "" : folder + "/");
    }

    /** The folder below this one. */
    BucketFolder resolve(String below) {
        return new BucketFolder(bucket, prefix + below + "/");
    }

    String uri() {
        return "gs://" + bucket + "/" + prefix;
    }
}
