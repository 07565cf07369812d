package dev.unitymlops.cli.unity;

import dev.unitymlops.cli.terminal.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code .meta} file beside an asset, whose GUID is what scenes and prefabs refer to it by.
 *
 * <p>Format and GUID are all that is written. Unity chooses the importer by the asset's ending and adds the importer's block
 * at the first import; its packages ship such two-line files themselves. A block of ours would have to name the
 * importer's script, and that is another one in each package that imports {@code .onnx}: Barracuda (ML-Agents 2), Sentis
 * (3), Inference Engine (4). For the same reason a file that is there is left as it is.
 */
final class MetaFile {
    private static final Pattern GUID = Pattern.compile("(?m)^guid: *([0-9a-f]{32})\\s*$");

    private MetaFile() {}

    /**
     * The GUID of an asset, whose file is written if there is none.
     *
     * @param asset that lies, or will lie, beside it
     * @param path of the asset in its project: the same path has the same GUID in every project
     */
    static String guidOf(Path asset, String path) throws IOException {
        Path meta = asset.resolveSibling(asset.getFileName() + ".meta");
        if (!Files.exists(meta)) {
            String guid = guid(path);
            WholeAsset.write(meta, ("fileFormatVersion: 2\nguid: " + guid + "\n").getBytes(StandardCharsets.UTF_8));
            return guid;
        }
        Matcher found = GUID.matcher(Files.readString(meta, StandardCharsets.UTF_8));
        if (!found.find()) {
            throw new Refused(meta + " has no guid: mend it or delete it, and export again.");
        }
        return found.group(1);
    }

    private static String guid(String path) {
        return UUID.nameUUIDFromBytes(("unity-mlops " + path).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
