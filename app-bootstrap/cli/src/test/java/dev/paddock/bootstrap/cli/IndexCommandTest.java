package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCommandTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void writeDocuments() throws IOException {
        folder = Files.createDirectories(directory.resolve("folder"));
        Files.writeString(folder.resolve("a.md"), "# Title\n\nSome text.");
        Files.writeString(folder.resolve("b.txt"), "Other text.");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void index_twice_readsOnlyChanges() {
        CliRun first = index();

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo("indexed 2, unchanged 0, removed 0, skipped 0; the index has 2 documents with 2 passages\n");
        assertThat(first.err()).contains("2 of 2 files, 2 passages").doesNotContain("\r");
        assertThat(index().out()).startsWith("indexed 0, unchanged 2, removed 0, skipped 0;");
    }

    @Test
    void index_fileThatCannotBeRead_isReportedWithAStatusOfItsOwn() throws IOException {
        Files.write(folder.resolve("c.txt"), new byte[3]);
        CliRun run = index();

        assertThat(run.status()).isEqualTo(9);
        assertThat(run.err()).contains("Skipped: c.txt is binary, not text");
        assertThat(index("--json").json()).containsEntry("skipped", Map.of("c.txt", "is binary, not text"));
    }

    @Test
    void index_noFolder_isAWrongCommandLine() {
        CliRun run = CliRun.of("index", directory.resolve("nothing").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("nothing is no folder");
    }

    @Test
    void index_indexInUse_saysSo() {
        try (Paddock other = Paddock.start(ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of("paddock.documents.index", directory.resolve("index").toString())))) {
            assertThat(other.documents()).isNotNull();
            CliRun run = index();

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("is in use by another process, such as a gateway");
        }
    }

    @Test
    void index_modelInProcessWithoutItsModule_saysWhatIsMissing() {
        CliRun run = index("--in-process");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("add the module paddock-local-embeddings to the class path");
    }

    private CliRun index(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("index", folder.toString(), "--index", directory.resolve("index").toString(), "--base-url", server.baseUrl()));
        arguments.addAll(List.of(options));
        return CliRun.of(arguments.toArray(String[]::new));
    }
}
