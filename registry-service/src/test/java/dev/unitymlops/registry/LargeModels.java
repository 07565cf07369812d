package dev.unitymlops.registry;

import com.google.protobuf.CodedOutputStream;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Models that are as the job declares and as large as one likes: a trained one, and weights that nothing uses. */
final class LargeModels {

    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_DATA_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW_DATA = 9;
    private static final int UINT8 = 2;

    private LargeModels() {}

    /** A second graph behind the first: a reader of protocol buffers merges them. */
    static ModelFile write(Path file, int bytes, long seed) throws IOException {
        byte[] weights = new byte[bytes];
        new Random(seed).nextBytes(weights);
        byte[] tensor = message(out -> {
            out.writeInt64(TENSOR_DIMS, bytes);
            out.writeInt32(TENSOR_DATA_TYPE, UINT8);
            out.writeString(TENSOR_NAME, "unused");
            out.writeByteArray(TENSOR_RAW_DATA, weights);
        });
        byte[] graph = message(out -> out.writeByteArray(GRAPH_INITIALIZER, tensor));
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.writeBytes(Files.readAllBytes(TestModels.file("continuous")));
        model.writeBytes(message(out -> out.writeByteArray(MODEL_GRAPH, graph)));
        Files.write(file, model.toByteArray());
        return new ModelFile("Reach", ArtifactFiles.describe(file), 1000L, null);
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
