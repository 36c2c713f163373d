package dev.paddock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are written into a page, and nothing else of it changes. */
class PageTablesTest {

    private static final String PAGE = """
            before
            <!-- begin table: one -->
            | old |
            <!-- end -->
            between
            <!-- begin table: one-more -->
            <!-- end -->
            after
            """;

    @TempDir
    private Path directory;

    @Test
    void write_severalTables_changesOnlyThem() throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), PAGE);
        PageTables.write(page, Map.of("one", "| new |\n", "one-more", "| more |"));
        assertThat(page).hasContent(PAGE.replace("| old |", "| new |").replace("one-more -->", "one-more -->\n| more |"));
    }

    @Test
    void write_aTableThatThePageLacks_changesNothing() throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), PAGE);
        assertThatThrownBy(() -> PageTables.write(page, new TreeMap<>(Map.of("one", "| new |", "two", "| none |"))))
                .hasMessageContaining("two");
        assertThat(page).hasContent(PAGE);
    }

    @Test
    void replace_aTableWithoutAnEndOrTwice_isRefused() {
        String open = PAGE.replace("| old |\n<!-- end -->\n", "");
        assertThatThrownBy(() -> PageTables.replace(open, "one", "x")).hasMessageContaining("no end");
        assertThatThrownBy(() -> PageTables.replace(PAGE + PAGE, "one", "x")).hasMessageContaining("one table one");
    }

    @Test
    void replace_theTablesOfTheSpread_areInThePage() throws IOException {
        String page = Files.readString(Path.of("../../docs/performance.md"));
        for (String name : new String[] {"gateways-origin", "gateways", "gateways-ratios", "gateways-memory", "calls-origin", "calls-W1",
            "calls-W2", "calls-W3", "calls-W4"}) {
            assertThat(PageTables.replace(page, name, "| new |")).contains(name + " -->\n| new |\n<!-- end -->");
        }
    }
}
