package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** What an unquoted YAML word means. */
enum Scalars {
    /** YAML 1.2, JSON schema: {@code 1e5} is a number, {@code yes} is text. */
    YAML_1_2 {
        @Override
        JsonNode node(String plain) {
            Tag tag = RESOLVER.resolve(plain, true);
            if (tag.equals(Tag.NULL)) {
                return NullNode.getInstance();
            } else if (tag.equals(Tag.BOOL)) {
                return BooleanNode.valueOf(plain.equals("true"));
            } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
                return number(plain);
            }
            return TextNode.valueOf(plain);
        }
    },
    /** PyYAML, which the trainer reads its configuration with: {@code 1e5} is text, {@code yes} is true. */
    PY_YAML {
        @Override
        JsonNode node(String plain) {
            String word = plain.toLowerCase(Locale.ROOT);
            if (PY_NULL.contains(word)) {
                return NullNode.getInstance();
            } else if (PY_TRUE.contains(word) || PY_FALSE.contains(word)) {
                return BooleanNode.valueOf(PY_TRUE.contains(word));
            } else if (PY_NUMBER.matcher(plain).matches()) {
                return number(plain.replace("_", ""));
            }
            return TextNode.valueOf(plain);
        }
    };

    private static final ScalarResolver RESOLVER = new JsonSchema().getScalarResolver();
    private static final Set<String> PY_NULL = Set.of("", "~", "null");
    private static final Set<String> PY_TRUE = Set.of("true", "yes", "on");
    private static final Set<String> PY_FALSE = Set.of("false", "no", "off");
    /** Decimal integers and floats of PyYAML's resolver: an exponent needs a dot before it and a sign in it. */
    private static final Pattern PY_NUMBER = Pattern.compile(
            "[-+]?(0|[1-9][0-9_]*|[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?|\\.[0-9][0-9_]*([eE][-+][0-9]+)?)");

    /** A long holds 18 digits for sure. */
    private static final int LONG_DIGITS = 18;

    abstract JsonNode node(String plain);

    private static JsonNode number(String text) {
        boolean whole = text.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+');
        if (whole && text.length() <= LONG_DIGITS) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".inf" -> DoubleNode.valueOf(Double.POSITIVE_INFINITY);
            case "-.inf" -> DoubleNode.valueOf(Double.NEGATIVE_INFINITY);
            case ".nan" -> DoubleNode.valueOf(Double.NaN);
            default -> DoubleNode.valueOf(Double.parseDouble(text));
        };
    }
}
