package dev.unitymlops.build.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CSharpTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u000bb", "a\u202eb", "a\ud800b"})
    void noTextLeavesItsComment(String text) {
        assertThat(CSharpText.comment("Goal", text)).isEqualTo("// Goal: a b\n");
    }

    @Test
    void whatLooksLikeTheEndOfACommentStaysInIt() {
        assertThat(CSharpText.comment("Goal", "*/ class X {} \\u000a int y;"))
                .isEqualTo("// Goal: */ class X {} \\u000a int y;\n");
    }

    @Test
    void longTextIsWrappedAndNothingOfItIsLost() {
        String text = "word ".repeat(100).strip();

        String comment = CSharpText.comment("Goal", text);

        assertThat(comment.lines())
                .hasSizeGreaterThan(4)
                .allSatisfy(line -> assertThat(line).startsWith("// ").hasSizeLessThan(116));
        assertThat(comment.replace("// ", "").replace("\n", " ").strip()).isEqualTo("Goal: " + text);
    }

    @Test
    void aWordLongerThanALineIsBrokenBetweenCharacters() {
        String word = "\ud83d\ude00".repeat(120);

        String comment = CSharpText.comment("Goal", word);

        assertThat(comment.replace("// ", "").replace("\n", "")).isEqualTo("Goal:" + word);
    }

    @Test
    void aLiteralHoldsQuotesBackslashesAndControls() {
        assertThat(CSharpText.literal("a\"b\\c\nd\u00e9")).isEqualTo("\"a\\\"b\\\\c\\u000ad\\u00e9\"");
    }
}
