package dev.unitymlops.cloudstorage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What was in a folder when it was asked for. */
record Listing(List<Path> paths) implements DirectoryStream<Path> {

    static Listing of(ObjectPath folder, List<String> names, Filter<? super Path> filter) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            Path path = folder.resolve(name);
            if (filter.accept(path)) {
                paths.add(path);
            }
        }
        return new Listing(paths);
    }

    @Override
    public Iterator<Path> iterator() {
        return paths.iterator();
    }

    @Override
    public void close() {}
}
