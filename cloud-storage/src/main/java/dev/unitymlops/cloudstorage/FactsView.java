package dev.unitymlops.cloudstorage;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** An object's attributes, which are read anew each time and cannot be set. */
record FactsView(ObjectPath path) implements BasicFileAttributeView {

    @Override
    public String name() {
        return "basic";
    }

    @Override
    public ObjectFacts readAttributes() throws IOException {
        return CloudStorageProvider.facts(path);
    }

    @Override
    public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created) {
        throw new UnsupportedOperationException("a bucket sets the times of its objects itself");
    }
}
