package dev.paddock.bootstrap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static TextTable table() {
        TextTable table = new TextTable(List.of("NAME", "SIZE", "DIGEST", "CAN"), Set.of(1), Set.of(2));
        table.add("llama", "9 MB", "0123456789", "chat");
        table.add("nomic-embed", "10 MB", "abcdef", "embed");
        return table;
    }

    @Test
    void lines_wideEnough_hasAllColumns() {
        assertThat(table().lines(80))
                .containsExactly(
                        "NAME          SIZE  DIGEST      CAN",
                        "llama         9 MB  0123456789  chat",
                        "nomic-embed  10 MB  abcdef      embed")
                .isEqualTo(table().lines());
    }

    @Test
    void lines_narrow_leavesOutWhatIsOptional() {
        assertThat(table().lines(30))
                .containsExactly("NAME          SIZE  CAN", "llama         9 MB  chat", "nomic-embed  10 MB  embed");
    }

    @Test
    void lines_narrower_listsTheCellsOfEachRow() {
        assertThat(table().lines(20))
                .containsExactly(
                        "NAME    llama", "SIZE    9 MB", "DIGEST  0123456789", "CAN     chat", "",
                        "NAME    nomic-embed", "SIZE    10 MB", "DIGEST  abcdef", "CAN     embed");
    }
}
