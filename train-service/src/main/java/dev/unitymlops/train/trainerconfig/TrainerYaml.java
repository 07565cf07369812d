package dev.unitymlops.train.trainerconfig;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Writes YAML 1.2 that PyYAML, which reads YAML 1.1, takes for the same values. */
final class TrainerYaml {

    private TrainerYaml() {}

    static String write(Object content) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(Integer.MAX_VALUE)
                .build();
        return new Dump(settings, new ForPyYaml(settings)).dumpToString(content);
    }

    private static final class ForPyYaml extends StandardRepresenter {

        /** Words and beginnings that mean a boolean, number, date or merge in YAML 1.1 but text in 1.2. */
        private static final Pattern OTHER_IN_1_1 =
                Pattern.compile("(?i)(?:y|n|yes|no|on|off)|[0-9+.=<-].*", Pattern.DOTALL);

        ForPyYaml(DumpSettings settings) {
            super(settings);
            representers.put(Double.class, number -> representScalar(Tag.FLOAT, plain((Double) number)));
            representers.put(String.class, text -> text((String) text));
        }

        /** Without exponent: PyYAML takes {@code 1.0E10} for text. */
        private static String plain(double number) {
            String digits = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            return digits.contains(".") ? digits : digits + ".0";
        }

        private Node text(String text) {
            boolean quoted = OTHER_IN_1_1.matcher(text).matches();
            return representScalar(Tag.STR, text, quoted ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN);
        }
    }
}
