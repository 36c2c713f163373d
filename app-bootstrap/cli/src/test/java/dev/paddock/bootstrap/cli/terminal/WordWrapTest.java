package dev.paddock.bootstrap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordWrapTest {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog, and then it walks home.\n\nA second paragraph, with  two blanks.";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void add_anyPieces_breaksBetweenWordsAtTheMargin(int pieceLength) {
        WordWrap wrap = new WordWrap(20);
        StringBuilder shown = new StringBuilder();
        for (int start = 0; start < TEXT.length(); start += pieceLength) {
            shown.append(wrap.add(TEXT.substring(start, Math.min(TEXT.length(), start + pieceLength))));
        }
        shown.append(wrap.end());

        assertThat(shown.toString().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(20));
        assertThat(shown.toString().lines().toList())
                .startsWith("The quick brown fox", "jumps over the lazy", "dog, and then it", "walks home.", "", "A second paragraph,");
        assertThat(shown.toString().replaceAll("\\s+", " ")).isEqualTo(TEXT.replaceAll("\\s+", " "));
    }

    @Test
    void add_codeBetweenFences_isLeftAsItIs() {
        WordWrap wrap = new WordWrap(20);
        String code = "  ```java\nint aLongLine = thatIs(longer, than, the, margin);\n```\n";

        assertThat(wrap.add(code) + wrap.end()).isEqualTo(code);
        assertThat(wrap.add("and this is wrapped again") + wrap.end()).isEqualTo("and this is wrapped\nagain");
    }

    @Test
    void add_lettersOfTwoColumns_countTwice() {
        WordWrap wrap = new WordWrap(20);

        assertThat(wrap.add("日本語日本語日 本語日本語") + wrap.end()).isEqualTo("日本語日本語日 本語\n日本語");
    }

    @Test
    void add_emojiOfSeveralParts_isNotTornApart() {
        WordWrap wrap = new WordWrap(20);

        assertThat(wrap.add("123456789 1234567 \ud83d\udc69\u200d\ud83c\udf3e") + wrap.end())
                .isEqualTo("123456789 1234567\n\ud83d\udc69\u200d\ud83c\udf3e");
    }

    @Test
    void add_wordLongerThanALine_isNotCut() {
        WordWrap wrap = new WordWrap(20);
        String word = "https://example.org/a/long/address";

        assertThat(wrap.add("see " + word + " now") + wrap.end()).isEqualTo("see\n" + word + "\nnow");
    }
}
