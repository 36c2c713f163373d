package dev.paddock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation says what the suite executes, no less and no more. */
class FaultDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "reliability.md");
    private static final String HEAD = "|---|---|---|---|---|---|";

    @Test
    void document_table_isWhatIsExecuted() throws IOException {
        List<String> executed = Stream.of(
                        new ConnectFaultIT(),
                        new TlsFaultIT(),
                        new WriteFaultIT(),
                        new HeadFaultIT(),
                        new BodyFaultIT(),
                        new StreamFaultIT(),
                        new EventFaultIT(),
                        new ReuseFaultIT(),
                        new SlowServerFaultIT())
                .flatMap(group -> group.faults().stream())
                .flatMap(fault -> FaultRowText.of(fault).stream())
                .toList();

        assertThat(documented())
                .as("the table is to be: %n%s", String.join("\n", executed))
                .isEqualTo(executed);
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
