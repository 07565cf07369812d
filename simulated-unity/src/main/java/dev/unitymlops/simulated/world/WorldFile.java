package dev.unitymlops.simulated.world;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A world's definition as the JSON file that lies beside a player. */
public final class WorldFile {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private WorldFile() {}

    public static void write(WorldDefinition definition, Path file) throws IOException {
        Files.writeString(file, GSON.toJson(definition) + "\n");
    }

    /** Reads what {@link #write} wrote. @throws IOException when the file cannot be read or is no definition */
    public static WorldDefinition read(Path file) throws IOException {
        try {
            WorldDefinition definition = GSON.fromJson(Files.readString(file), WorldDefinition.class);
            if (definition == null) {
                throw new IOException("The world definition " + file + " is empty.");
            }
            return definition;
        } catch (JsonParseException damaged) {
            throw new IOException("The world definition " + file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
