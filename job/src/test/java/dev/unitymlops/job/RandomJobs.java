package dev.unitymlops.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.TrainingJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Jobs with any value that the schema allows, the same ones for the same seed. */
final class RandomJobs {
    private static final String CHARACTERS = "abcXYZ019 _-./:?#\"'{}[]\\\n\t\u00e4\u4e16\uD83D\uDE00";

    private final Random random;

    RandomJobs(long seed) {
        this.random = new Random(seed);
    }

    TrainingJob next() {
        TrainingJob job = Jobs.with("timeouts", "{}", "requires", "{}", "unity", "{}", "registration", "{}");
        fill(job);
        return job;
    }

    private void fill(IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = value(field.schema(), field.name(), record.get(field.pos()));
            record.put(field.pos(), value);
        }
    }

    private Object value(Schema schema, String name, Object before) {
        return switch (schema.getType()) {
            case UNION ->
                random.nextInt(3) == 0 ? null : value(schema.getTypes().getLast(), name, before);
            case RECORD -> {
                if (before instanceof IndexedRecord record) {
                    fill(record);
                }
                yield before;
            }
            case STRING -> JobJson.JSON_TEXT.contains(name) ? Json.write(object(0)) : text();
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt();
            case LONG -> random.nextLong() >> 11;
            case DOUBLE -> random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
            case ARRAY -> list();
            case MAP -> map();
            default -> throw new IllegalStateException(schema.toString());
        };
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int[] characters = CHARACTERS.codePoints().toArray();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private List<String> list() {
        List<String> values = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            values.add(text());
        }
        return values;
    }

    private Map<String, String> map() {
        Map<String, String> values = new HashMap<>();
        list().forEach(key -> values.put(key, text()));
        return values;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = Json.object();
        for (int size = random.nextInt(4); size > 0; size--) {
            switch (random.nextInt(depth > 3 ? 4 : 6)) {
                case 0 -> object.put(text(), text());
                case 1 -> object.put(text(), random.nextInt());
                case 2 -> object.put(text(), random.nextDouble());
                case 3 -> object.put(text(), random.nextBoolean());
                case 4 -> object.set(text(), object(depth + 1));
                default -> object.putArray(text()).add(random.nextInt()).add(object(depth + 1));
            }
        }
        return object;
    }
}
