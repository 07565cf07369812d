package dev.unitymlops.system.command;

import dev.unitymlops.system.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job file of {@code examples/}, edited as a person would: line by line. */
record JobText(String text) {

    static JobText example(String file) throws IOException {
        return new JobText(Files.readString(Checkout.file("examples/" + file)));
    }

    JobText with(String before, String after) {
        if (!text.contains(before)) {
            throw new AssertionError("The example no longer has '" + before + "'");
        }
        return new JobText(text.replace(before, after));
    }

    /** Writes it into a folder and gives its path as an argument. */
    String in(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
