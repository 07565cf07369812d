package dev.unitymlops.train.eventfile;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TensorBoard's {@code Event} message, the fields that carry figures: {@code step} (2), {@code summary} (5) with its
 * values' {@code tag} (1), {@code simple_value} (2) and {@code histo} (5), and of that {@code num} (3). Field numbers are
 * those of TensorFlow's {@code event.proto} and {@code summary.proto}.
 */
final class EventMessage {

    private long step;
    private final List<Value> values = new ArrayList<>();

    private record Value(
            String tag, @Nullable Float scalar, @Nullable Double histogramCount) {}

    private EventMessage() {}

    static List<SummaryValue> parse(byte[] message) throws IOException {
        EventMessage event = new EventMessage();
        event.readEvent(CodedInputStream.newInstance(message));
        return event.figures();
    }

    private List<SummaryValue> figures() {
        List<SummaryValue> figures = new ArrayList<>();
        for (Value value : values) {
            if (value.scalar != null) {
                figures.add(new SummaryValue.Scalar(value.tag, step, value.scalar));
            } else if (value.histogramCount != null) {
                figures.add(new SummaryValue.Histogram(value.tag, step, Math.round(value.histogramCount)));
            }
        }
        return figures;
    }

    private void readEvent(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 2 -> step = in.readInt64();
                case 5 -> readSummary(inner(in));
                default -> in.skipField(tag);
            }
        }
    }

    private void readSummary(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                values.add(readValue(inner(in)));
            } else {
                in.skipField(tag);
            }
        }
    }

    private static Value readValue(CodedInputStream in) throws IOException {
        String name = "";
        Float scalar = null;
        Double count = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readString();
                case 2 -> scalar = in.readFloat();
                case 5 -> count = readHistogramCount(inner(in));
                default -> in.skipField(tag);
            }
        }
        return new Value(name, scalar, count);
    }

    private static double readHistogramCount(CodedInputStream in) throws IOException {
        double count = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 3) {
                count = in.readDouble();
            } else {
                in.skipField(tag);
            }
        }
        return count;
    }

    private static CodedInputStream inner(CodedInputStream in) throws IOException {
        return CodedInputStream.newInstance(in.readByteArray());
    }
}
