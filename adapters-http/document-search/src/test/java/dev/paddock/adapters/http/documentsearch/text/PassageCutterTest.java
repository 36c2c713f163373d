package dev.paddock.adapters.http.documentsearch.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.documentsearch.text.DocumentText.Section;
import dev.paddock.domain.documents.DocumentSettings.Cutting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageCutterTest {

    @Test
    void cut_paragraphsThatFit_areOnePassageOfTheirSection() {
        assertThat(cut(100, 0, "one", "two")).containsExactly("one\n\ntwo");
        assertThat(new PassageCutter(new Cutting(100, 0)).cut(new DocumentText(List.of(
                        new Section("A", List.of("one")), new Section("B", List.of("two"))))))
                .containsExactly(new CutPassage("A", "one"), new CutPassage("B", "two"));
    }

    @Test
    void cut_sentences_areKeptWholeAndRepeated() {
        String text = IntStream.range(10, 40).mapToObj(number -> "This is sentence number " + number + ".").collect(Collectors.joining(" "));

        List<String> passages = cut(200, 40, text);

        assertThat(passages).hasSizeGreaterThan(5).allMatch(passage -> passage.length() <= 200 && passage.endsWith("."));
        for (int index = 1; index < passages.size(); index++) {
            String last = passages.get(index - 1).substring(passages.get(index - 1).lastIndexOf("This"));
            assertThat(passages.get(index)).startsWith(last);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ab ", "a.b\n", "\ud83d\ude00", "\u65e5\u672c", "a\u0301", "line\n", ". ", "\u00a0"})
    void cut_anyText_losesNothingAndKeepsTheSize(String unit) {
        for (int overlap : new int[] {0, 49}) {
            String text = unit.repeat(1000);
            List<String> passages = cut(100, overlap, text);

            assertThat(passages).allMatch(passage -> passage.length() <= 100);
            assertThat(passages).noneMatch(passage -> Character.isLowSurrogate(passage.isEmpty() ? 'x' : passage.charAt(0)));
            if (overlap == 0) {
                assertThat(String.join("", passages).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
            }
        }
    }

    private static List<String> cut(int characters, int overlap, String... paragraphs) {
        return new PassageCutter(new Cutting(characters, overlap))
                .cut(new DocumentText(List.of(new Section("", List.of(paragraphs))))).stream().map(CutPassage::text).toList();
    }
}
