package dev.paddock.adapters.http.documentsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.documentsearch.WordVectors.HeldText;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.documents.DocumentSettings.Cutting;
import dev.paddock.domain.documents.DocumentSettings.EmbeddedTexts;
import dev.paddock.domain.documents.DocumentSettings.Limits;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.documents.SkippedDocument;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of clients while an update waits for vectors, and an index that belongs to another folder. */
class DocumentUpdateRaceTest {

    @TempDir
    private Path directory;

    private final WordVectors model = new WordVectors();
    private Path folder;
    private DocumentSearchPort documents;

    @BeforeEach
    void openIndex() throws IOException {
        folder = Files.createDirectories(directory.resolve("folder"));
        documents = open(folder);
    }

    @AfterEach
    void closeIndex() {
        documents.close();
    }

    private DocumentSearchPort open(Path ofFolder) {
        return new LuceneDocumentSearchProvider()
                .open(
                        new DocumentSettings(
                                ofFolder.toString(), directory.resolve("index").toString(), null, new Cutting(200, 30), new EmbeddedTexts(1, "", ""), Limits.DEFAULT),
                        model);
    }

    @Test
    void update_uploadWhileTheFileIsEmbedded_keepsTheUpload() throws Exception {
        write("a.txt", "from the folder");
        HeldText held = model.hold("from the folder");
        FutureTask<IndexReport> update = startUpdate();
        held.awaitArrival();
        upload("a.txt", "uploaded");
        held.release();

        assertThat(result(update).skipped())
                .containsExactly(new SkippedDocument("a.txt", "has the name of an upload, which is searched instead"));
        assertThat(documents.documents()).extracting(DocumentSummary::origin).containsExactly(Origin.UPLOAD);
        assertThat(search("uploaded")).containsExactly("uploaded");
        assertThat(search("folder")).isEmpty();
    }

    @Test
    void update_deletionWhileTheFileIsEmbedded_staysDeleted() throws Exception {
        write("a.txt", "the first text");
        update();
        write("a.txt", "the second text is longer");
        HeldText held = model.hold("the second text is longer");
        FutureTask<IndexReport> update = startUpdate();
        held.awaitArrival();

        assertThat(documents.delete("a.txt")).isTrue();
        held.release();

        assertThat(result(update).indexed()).isZero();
        assertThat(documents.documents()).isEmpty();
        assertThat(update().indexed()).isZero(); // the file has not changed since
        assertThat(search("text")).isEmpty();
        write("a.txt", "the third text is the longest");
        assertThat(update().indexed()).isEqualTo(1);
    }

    @Test
    void update_newerUploadWhileTheOlderIsEmbeddedAgain_keepsTheNewer() throws Exception {
        upload("a.txt", "older");
        model.useModel("two", 64);
        HeldText held = model.hold("older");
        FutureTask<IndexReport> update = startUpdate();
        held.awaitArrival();
        upload("a.txt", "newer");
        held.release();
        result(update);

        assertThat(search("newer")).containsExactly("newer");
        assertThat(search("older")).isEmpty();
        model.useModel("three", 64);
        assertThat(update().indexed()).isEqualTo(1); // with its own bytes
        assertThat(search("newer")).containsExactly("newer");
    }

    @Test
    void update_uploadDeletedWhileItIsEmbeddedAgain_staysDeleted() throws Exception {
        upload("a.txt", "older");
        model.useModel("two", 64);
        HeldText held = model.hold("older");
        FutureTask<IndexReport> update = startUpdate();
        held.awaitArrival();
        documents.delete("a.txt");
        held.release();
        result(update);

        assertThat(documents.documents()).isEmpty();
    }

    @Test
    void update_uploadReadAgainAndCancelled_ends() throws Exception {
        for (int number = 0; number < 20; number++) { // more than are embedded at the same time
            upload(number + ".txt", "text " + number);
        }
        model.useModel("two", 64);
        CallContext context = CallContext.create();

        assertThatThrownBy(() -> documents.update(progress -> context.cancellation().cancel(), context))
                .isInstanceOf(CallCancelledException.class);
        assertThat(update().indexed()).isPositive();
    }

    @Test
    void open_indexOfAnotherFolder_isRefusedAndKeepsTheDocuments() throws IOException {
        write("a.txt", "one");
        update();
        documents.close();
        Path other = Files.createDirectories(directory.resolve("other"));

        assertThatThrownBy(() -> open(other))
                .isInstanceOfSatisfying(DocumentException.class, refused -> assertThat(refused.failure()).isEqualTo(DocumentFailure.OTHER_FOLDER))
                .hasMessage("the index " + directory.resolve("index") + " has the documents of the folder " + folder + ", not of " + other
                        + "; use another index, or delete this directory and index again");
        documents = open(folder.resolve("..").resolve("folder"));
        assertThat(update()).isEqualTo(new IndexReport(0, 1, 0, 0, List.of()));
    }

    @Test
    void update_folderThatIsGoneOrEmpty_doesNotKeepTheIndex() throws IOException {
        update();
        documents.close();
        documents = open(directory.resolve("other"));
        assertThatThrownBy(this::update).isInstanceOf(DocumentException.class);
        documents.close();
        documents = open(folder);
        write("a.txt", "one");

        assertThat(update().indexed()).isEqualTo(1);
    }

    @Test
    void update_vectorsOfAnySize_areSearchedAndTooLongOnesAreRefused() throws IOException {
        for (float scale : new float[] {1e-30f, 1e18f, 1e30f}) {
            model.useModel("of " + scale, 64);
            model.useScale(scale);
            write("a.txt", "one two");
            update();

            assertThat(documents.search(DocumentQuery.of("one two").withMethod(SearchMethod.VECTOR), CallContext.create()).passages())
                    .as("scale %s", scale)
                    .hasSize(1);
        }
        model.useModel("long", 8193);

        assertThatThrownBy(this::update)
                .isInstanceOf(DocumentException.class)
                .hasMessage("the embedding model makes vectors with 8193 values; an index holds at most 8192");
    }

    private FutureTask<IndexReport> startUpdate() {
        FutureTask<IndexReport> update = new FutureTask<>(this::update);
        Thread.ofVirtual().start(update);
        return update;
    }

    private IndexReport update() {
        return documents.update(progress -> {}, CallContext.create());
    }

    private static IndexReport result(FutureTask<IndexReport> update) throws InterruptedException, ExecutionException, TimeoutException {
        return update.get(1, TimeUnit.MINUTES);
    }

    private void upload(String name, String text) {
        documents.add(name, text.getBytes(UTF_8), CallContext.create());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> search(String text) {
        return documents.search(DocumentQuery.of(text).withMethod(SearchMethod.BM25), CallContext.create()).passages().stream()
                .map(Passage::text)
                .toList();
    }
}
