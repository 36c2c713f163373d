package dev.paddock.e2e.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.e2e.gateway.GatewayProcess;
import dev.paddock.e2e.reuse.EmbeddingServer;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of documents, and what a model server sees of its indexing. */
@Timeout(120)
class DocumentsIT {

    private static final int AT_ONCE = 64;

    @TempDir
    private Path directory;

    private EmbeddingServer server;
    private Path folder;

    @BeforeEach
    void startServer() throws IOException {
        server = EmbeddingServer.start();
        folder = Files.createDirectories(directory.resolve("folder"));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    static Map<String, String> settings(String server, String folder, String index) {
        return Map.of(
                "paddock.base-url", server,
                "paddock.documents.folder", folder,
                "paddock.documents.index", index,
                "paddock.documents.embedding-model", "m",
                "paddock.documents.texts", String.valueOf(AT_ONCE));
    }

    @Test
    void index_processKilledInTheMiddle_goesOnWhereItWas() throws Exception {
        int count = 5000;
        int answered = 64; // requests: one shows the model, 63 have texts
        for (int number = 0; number < count; number++) {
            Files.writeString(folder.resolve(number + ".txt"), "document number " + number);
        }
        server.hold();
        server.answer(answered);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IngestProcess.class.getName(),
                        server.baseUrl(),
                        folder.toString(),
                        directory.resolve("index").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            // At most four requests are in progress: before the last one was sent, the vectors of 60 were written.
            Eventually.await("a request waits", () -> server.asked().size() > answered);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        server.answerAll();

        try (Paddock paddock = client()) {
            DocumentSearchPort documents = paddock.documents();
            int kept = documents.state().documents();
            assertThat(kept).isBetween(2000, answered * AT_ONCE);
            server.asked().clear();
            IndexReport report = documents.update(progress -> {}, CallContext.create());

            assertThat(report).isEqualTo(new IndexReport(count - kept, kept, 0, count - kept, List.of()));
            assertThat(texts()).hasSize(count - kept).doesNotHaveDuplicates();
            assertThat(documents.state().documents()).isEqualTo(count);
            assertThat(documents.state().passages()).isEqualTo(count);
            for (String number : List.of("0", "1499", "4999")) {
                Passage best = documents.search(DocumentQuery.of(number).withMethod(SearchMethod.BM25), CallContext.create()).passages().getFirst();
                assertThat(best.document()).isEqualTo(number + ".txt");
            }
        }
    }

    @Test
    void index_changedFileAndChangedModel_serverSeesOnlyWhatIsNeeded() throws IOException {
        for (int number = 0; number < 100; number++) {
            Files.writeString(folder.resolve(number + ".txt"), "document number " + number);
        }
        try (Paddock paddock = client()) {
            DocumentSearchPort documents = paddock.documents();
            update(documents);
            assertThat(texts()).hasSize(100);
            assertThat(server.asked()).hasSize(3); // the model, 64 texts, 36 texts

            server.asked().clear();
            update(documents);
            assertThat(server.asked()).isEmpty();

            Files.writeString(folder.resolve("7.txt"), "another text");
            update(documents);
            assertThat(server.asked()).containsExactly(List.of("another text"));

            String version = documents.state().version();
            server.asked().clear();
            paddock.models().pull(new ModelName("m"), CallContext.create()).forEachRemaining(progress -> {});
            documents.add("new.txt", "new".getBytes(StandardCharsets.UTF_8), CallContext.create()); // its vector shows the new digest
            update(documents);
            assertThat(texts()).hasSize(101 + (int) texts().stream().filter("new"::equals).count() - 1).contains("another text", "document number 99");
            assertThat(documents.state().version()).isNotEqualTo(version);
            DocumentQuery query = DocumentQuery.of("document number 99").withMethod(SearchMethod.VECTOR).withK(100);
            assertThat(documents.search(query, CallContext.create()).passages()).hasSize(100).extracting(Passage::document).contains("99.txt");
        }
    }

    @Test
    void gateway_documents_areListedAddedAndDeletedByAdministrators() throws IOException {
        Files.writeString(folder.resolve("guide.md"), "# Guide\n\nA pool has twenty connections.");
        Files.write(folder.resolve("binary.txt"), new byte[4]);
        try (PaddockGateway gateway = gateway(Map.of("paddock.gateway.admin", "true"))) {
            int client = port(gateway);
            Eventually.await("the folder is indexed", () -> list(client).contains("\"last_update\":{"));

            assertThat(list(client)).contains("\"name\":\"guide.md\"", "\"origin\":\"folder\"", "\"binary.txt\":\"is binary, not text\"");
            RawClient.Response added = send(client, "POST", "/api/documents?name=notes%2Fa%20b.md", "Something new.");
            assertThat(added.status()).isEqualTo(201);
            assertThat(added.body()).contains("\"name\":\"notes/a b.md\"", "\"passages\":1", "\"origin\":\"upload\"");
            assertThat(list(client)).contains("notes/a b.md");
            assertThat(status(client, "DELETE", "/api/documents?name=notes/a%20b.md", "")).isEqualTo(200);
            assertThat(status(client, "DELETE", "/api/documents?name=notes/a%20b.md", "")).isEqualTo(404);
            assertThat(status(client, "DELETE", "/api/documents?name=guide.md", "")).isEqualTo(200);
            assertThat(Files.exists(folder.resolve("guide.md"))).isTrue();
            assertThat(list(client)).doesNotContain("\"name\":\"guide.md\"");
        }
    }

    @Test
    void gateway_badRequests_sayWhatIsWrong() throws IOException {
        try (PaddockGateway gateway = gateway(Map.of("paddock.gateway.admin", "true", "paddock.documents.largest-upload", "1 KiB"))) {
            int client = port(gateway);
            assertThat(status(client, "POST", "/api/documents", "text")).isEqualTo(400);
            assertThat(status(client, "POST", "/api/documents?name=a.txt", "")).isEqualTo(400);
            assertThat(status(client, "POST", "/api/documents?name=a.txt&name=b.txt", "text")).isEqualTo(400);
            assertThat(status(client, "POST", "/api/documents?name=%zz.txt", "text")).isEqualTo(400);
            assertThat(status(client, "POST", "/api/documents?name=..%2Fa.txt", "text")).isEqualTo(400);
            assertThat(status(client, "POST", "/api/documents?name=a.exe", "text")).isEqualTo(422);
            assertThat(status(client, "POST", "/api/documents?name=a.pdf", "text")).isEqualTo(422);
            assertThat(status(client, "POST", "/api/documents?name=a.txt", "x".repeat(1025))).isEqualTo(413);
            assertThat(status(client, "PUT", "/api/documents?name=a.txt", "text")).isEqualTo(405);
            assertThat(list(client)).contains("\"documents\":[]");
        }
    }

    @Test
    void gateway_withoutAdmin_changesNothing() throws IOException {
        try (PaddockGateway gateway = gateway(Map.of())) {
            int client = port(gateway);
            assertThat(status(client, "POST", "/api/documents?name=a.txt", "text")).isEqualTo(403);
            assertThat(list(client)).contains("\"documents\":[]");
        }
    }

    @Test
    void index_usedByAGateway_isRefusedToAnother() {
        try (PaddockGateway gateway = gateway(Map.of());
                Paddock other = client()) {
            assertThat(gateway.client().documents()).isNotNull();
            assertThatThrownBy(other::documents).isInstanceOf(DocumentException.class).hasMessageContaining("in use by another process");
        }
        try (Paddock later = client()) {
            assertThat(later.documents().documents()).isEmpty();
        }
    }

    @Test
    void gateway_withoutDocuments_loadsNoClassOfTheIndex() throws Exception {
        Path classes = directory.resolve("classes");
        Process process = GatewayProcess.start(
                List.of(),
                List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + classes),
                System.getProperty("java.class.path"),
                "http://127.0.0.1:1",
                directory.resolve("errors"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(list(Integer.parseInt(out.readLine()))).contains("\"enabled\":false");
            process.outputWriter().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(Files.readString(classes))
                    .contains("dev.paddock.bootstrap.gateway.PaddockGateway")
                    .doesNotContain("org.apache.lucene.", "org.jsoup.", "org.commonmark.", "org.apache.pdfbox.", "dev.paddock.adapters.http.documentsearch.");
        } finally {
            process.destroyForcibly();
        }
    }

    private Paddock client() {
        return Paddock.start(loader(Map.of()));
    }

    private PaddockGateway gateway(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("paddock.gateway.port", "0");
        return PaddockGateway.start(loader(all));
    }

    private ConfigurationLoader loader(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings(server.baseUrl(), folder.toString(), directory.resolve("index").toString()));
        all.putAll(more);
        return ConfigurationLoader.ofDefaults().withOverrides("the test", all);
    }

    private static void update(DocumentSearchPort documents) {
        assertThat(documents.update(progress -> {}, CallContext.create()).skipped()).isEmpty();
        assertThat(documents.documents()).extracting(DocumentSummary::passages).containsOnly(1);
    }

    /** Returns the texts that the server was asked for, without the one that shows the model. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        server.asked().forEach(texts::addAll);
        texts.removeIf("space"::equals);
        return texts;
    }

    private static int port(PaddockGateway gateway) {
        return Integer.parseInt(gateway.baseUrl().substring(gateway.baseUrl().lastIndexOf(':') + 1));
    }

    private static String list(int port) {
        return send(port, "GET", "/api/documents", "").body();
    }

    private static int status(int port, String method, String target, String body) {
        return send(port, method, target, body).status();
    }

    private static RawClient.Response send(int port, String method, String target, String body) {
        try (RawClient client = new RawClient(port)) {
            return client.request(method, target, body).response();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
