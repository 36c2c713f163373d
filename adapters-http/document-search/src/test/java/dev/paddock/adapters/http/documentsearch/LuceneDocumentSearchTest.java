package dev.paddock.adapters.http.documentsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.documents.DocumentSettings.Cutting;
import dev.paddock.domain.documents.DocumentSettings.EmbeddedTexts;
import dev.paddock.domain.documents.DocumentSettings.Limits;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.IndexProgress;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.RankFusion;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.documents.SkippedDocument;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.documents.DocumentSearchProviderPort;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneDocumentSearchTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private final WordVectors model = new WordVectors();
    private Path folder;
    private DocumentSearchPort documents;

    @BeforeEach
    void openIndex() throws IOException {
        folder = Files.createDirectories(directory.resolve("folder"));
        documents = open();
    }

    @AfterEach
    void closeIndex() {
        documents.close();
    }

    private DocumentSearchPort open() {
        return open(new EmbeddedTexts(4, "", ""), Limits.DEFAULT);
    }

    private DocumentSearchPort open(EmbeddedTexts texts, Limits limits) {
        return ServiceLoader.load(DocumentSearchProviderPort.class)
                .findFirst()
                .orElseThrow()
                .open(
                        new DocumentSettings(folder.toString(), directory.resolve("index").toString(), null, new Cutting(200, 30), texts, limits),
                        model);
    }

    @ParameterizedTest
    @EnumSource(SearchMethod.class)
    void search_folder_findsThePassage(SearchMethod method) throws IOException {
        write("guide/pool.md", "# Pool\n\n## Limits\n\nA pool has twenty connections.\n\n## Times\n\nAn idle connection closes after a minute.\n");
        write("cooking.txt", "Bread needs flour, water, salt and time.");
        IndexReport report = update();

        Passage best = documents.search(query("How many connections has a pool?").withMethod(method), call()).passages().getFirst();

        assertThat(report).isEqualTo(new IndexReport(2, 0, 0, 3, List.of()));
        assertThat(best.document()).isEqualTo("guide/pool.md");
        assertThat(best.position()).isZero();
        assertThat(best.section()).isEqualTo("Pool > Limits");
        assertThat(best.text()).isEqualTo("A pool has twenty connections.");
        assertThat(best.score()).isPositive();
    }

    @Test
    void search_bm25_embedsNothing() throws IOException {
        write("a.txt", "one two three");
        update();
        model.takeTexts();

        assertThat(search("two", SearchMethod.BM25)).containsExactly("a.txt");
        assertThat(model.takeTexts()).isEmpty();
    }

    @Test
    void search_nameOfASetting_isFoundAsAWholeAndByItsParts() throws IOException {
        write("a.txt", "The key paddock.cache.maxBytes bounds the memory.");
        write("b.txt", "The memory of others.");
        update();

        for (String question : List.of("paddock.cache.maxBytes", "maxBytes", "cache bytes", "PADDOCK.CACHE.MAXBYTES")) {
            assertThat(search(question, SearchMethod.BM25)).as(question).containsExactly("a.txt");
        }
    }

    @Test
    void search_hybridWithAllWeightOnOneRanking_isThatRanking() throws IOException {
        for (int number = 0; number < 30; number++) {
            write(number + ".txt", "word" + number + " and " + "filler ".repeat(number) + " common" + number % 3);
        }
        update();
        DocumentQuery query = DocumentQuery.of("word7 common1 filler filler").withK(10);

        for (SearchMethod method : List.of(SearchMethod.BM25, SearchMethod.VECTOR)) {
            RankFusion fusion = new RankFusion(method == SearchMethod.BM25 ? 1 : 0, 60);
            assertThat(names(query.withFusion(fusion))).isEqualTo(names(query.withMethod(method)));
        }
    }

    @Test
    void search_queryWithoutWordsOrOfMarks_findsNothingAndDoesNotFail() throws IOException {
        write("a.txt", "one two three");
        update();

        for (String odd : List.of("?", "+-&&||!(){}[]^\"~*?:\\/", "\ud800", "the", "text:[* TO *]", "x ".repeat(5000))) {
            assertThat(search(odd, SearchMethod.BM25)).isEmpty();
        }
    }

    @Test
    void search_chinese_findsByPairsOfCharacters() throws IOException {
        write("a.txt", "连接池有二十个连接。");
        write("b.txt", "面包需要面粉和水。");
        update();

        assertThat(search("连接池", SearchMethod.BM25)).containsExactly("a.txt");
    }

    @Test
    void update_nothingChanged_readsAndEmbedsNothing() throws IOException {
        write("a.txt", "one");
        write("b.md", "two");
        update();
        model.takeTexts();
        String version = documents.state().version();

        assertThat(update()).isEqualTo(new IndexReport(0, 2, 0, 0, List.of()));
        assertThat(model.takeTexts()).isEmpty();
        assertThat(documents.state().version()).isEqualTo(version);
    }

    @Test
    void update_changedAndDeletedAndTouchedFiles_embedsTheChangedOnesOnly() throws IOException {
        FileTime soon = FileTime.from(Instant.now().plusSeconds(3600)); // as recent as a file that is written while it is read
        write("changed.txt", "one");
        Files.setLastModifiedTime(folder.resolve("changed.txt"), soon);
        write("deleted.txt", "two");
        write("touched.txt", "three");
        write("same.txt", "four");
        update();
        model.takeTexts();
        write("changed.txt", "ONE"); // the same size and time
        Files.setLastModifiedTime(folder.resolve("changed.txt"), soon);
        Files.delete(folder.resolve("deleted.txt"));
        Files.setLastModifiedTime(folder.resolve("touched.txt"), FileTime.from(LONG_AGO));

        assertThat(update()).isEqualTo(new IndexReport(1, 2, 1, 1, List.of()));
        assertThat(model.takeTexts()).containsExactly("ONE");
        assertThat(documents.documents()).extracting(DocumentSummary::name).containsExactly("changed.txt", "same.txt", "touched.txt");
        assertThat(search("two", SearchMethod.HYBRID)).doesNotContain("deleted.txt");
    }

    @Test
    void update_oldFileOfTheSameTime_isNotReadAgain() throws IOException {
        writeOld("a.txt", "one");
        update();
        Files.writeString(folder.resolve("a.txt"), "two"); // with its old time, which nobody does but to test
        Files.setLastModifiedTime(folder.resolve("a.txt"), FileTime.from(LONG_AGO));

        assertThat(update().unchanged()).isEqualTo(1);
        assertThat(search("one", SearchMethod.BM25)).containsExactly("a.txt");
    }

    @Test
    void update_afterReopening_goesOnWithoutEmbedding() throws IOException {
        write("a.txt", "one");
        update();
        String version = documents.state().version();
        reopen();
        model.takeTexts();

        assertThat(documents.state().version()).isEqualTo(version);
        assertThat(search("one", SearchMethod.BM25)).containsExactly("a.txt");
        assertThat(update().unchanged()).isEqualTo(1);
        assertThat(model.takeTexts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void update_otherModelOrDimension_embedsAllAndNeverMixes(boolean isOtherName) throws IOException {
        write("a.txt", "one two");
        write("b.txt", "three four");
        documents.add("upload.txt", "five six".getBytes(StandardCharsets.UTF_8), call());
        update();
        String version = documents.state().version();
        model.takeTexts();
        model.useModel(isOtherName ? "two" : "one", isOtherName ? 64 : 48);

        assertThat(search("one two", SearchMethod.VECTOR)).isEmpty(); // there are no vectors of this space yet
        assertThat(search("one two", SearchMethod.HYBRID)).containsExactly("a.txt");
        model.takeTexts();
        assertThat(update().indexed()).isEqualTo(3);

        assertThat(model.takeTexts()).containsExactly("five six", "one two", "three four");
        assertThat(search("one two", SearchMethod.VECTOR)).startsWith("a.txt").hasSize(3);
        assertThat(documents.state().version()).isNotEqualTo(version);
        assertThat(update().unchanged()).isEqualTo(2);
    }

    @Test
    void update_interruptedAfterAChangeOfModel_searchesVectorsOfOneModelOnly() throws IOException {
        int count = 40;
        IntStream.range(0, count).forEach(number -> write(String.format("%02d.txt", number), "text " + number));
        update();
        model.useModel("two", 48);
        CallContext context = call();
        assertThatThrownBy(() -> documents.update(progress -> context.cancellation().cancel(), context)).isInstanceOf(CallCancelledException.class);

        List<String> embeddedAgain = names(query("text 1").withMethod(SearchMethod.VECTOR).withK(count));
        model.useModel("one", 64);
        List<String> others = names(query("text 1").withMethod(SearchMethod.VECTOR).withK(count));
        assertThat(embeddedAgain).isNotEmpty();
        assertThat(others).isNotEmpty().doesNotContainAnyElementsOf(embeddedAgain);
        assertThat(embeddedAgain.size() + others.size()).isEqualTo(count);
        assertThat(names(query("text").withMethod(SearchMethod.BM25).withK(count))).hasSize(count);
        model.useModel("two", 48);
        assertThat(update()).isEqualTo(new IndexReport(others.size(), embeddedAgain.size(), 0, others.size(), List.of()));
        assertThat(names(query("text 1").withMethod(SearchMethod.VECTOR).withK(count))).hasSize(count);
    }

    @Test
    void update_indexOfAnEarlierVersion_readsItsDocumentsAgain() throws IOException {
        writeOld("a.txt", "one two");
        documents.close();
        Path file = folder.resolve("a.txt");
        float[] vector = new float[64];
        vector[0] = 1;
        SpaceVector earlier = new SpaceVector(new VectorSpace("one", vector.length), Embedding.wrap(vector));
        try (DocumentIndex index = DocumentIndex.open(directory.resolve("index"))) {
            index.claim(folder.toString());
            index.put(
                    new IndexedDocument(
                            "a.txt",
                            DocumentSummary.Origin.FOLDER,
                            false,
                            IndexedDocument.Content.of(Files.readAllBytes(file)),
                            "0/how it was read then",
                            Files.getLastModifiedTime(file).toMillis(),
                            1,
                            LONG_AGO),
                    List.of(new EmbeddedPassage(new CutPassage("", "as it was cut then"), earlier)),
                    null);
            index.commit();
        }
        documents = open();

        assertThat(search("cut", SearchMethod.BM25)).containsExactly("a.txt"); // until the update
        assertThat(update()).isEqualTo(new IndexReport(1, 0, 0, 1, List.of()));
        assertThat(search("cut", SearchMethod.BM25)).isEmpty();
        assertThat(documents.search(query("one two").withMethod(SearchMethod.VECTOR), call()).passages())
                .extracting(Passage::text)
                .containsExactly("one two");
        assertThat(update().unchanged()).isEqualTo(1);
    }

    @Test
    void update_modelChangesAfterReopening_isNoticedWithoutAQuery() throws IOException {
        write("a.txt", "one two");
        update();
        model.useModel("one", 48); // a server without digests: only the vectors differ
        reopen();

        assertThat(update().indexed()).isEqualTo(1);
        assertThat(search("one two", SearchMethod.VECTOR)).containsExactly("a.txt");
    }

    @Test
    void update_longVectors_areSearched() throws IOException {
        model.useModel("long", 4096);
        write("a.txt", "one two");
        update();

        assertThat(search("one two", SearchMethod.VECTOR)).containsExactly("a.txt");
    }

    @Test
    void update_serverFailsInTheMiddle_keepsWhatWasRead() throws IOException {
        IntStream.range(0, 20).forEach(number -> write(String.format("%02d.txt", number), "text " + number));
        model.failAfter(13); // one shows the model

        assertThatThrownBy(this::update).isInstanceOf(ServerFailedException.class);
        int kept = documents.state().documents();
        assertThat(kept).isBetween(4, 12);
        model.takeTexts();
        model.failAfter(Integer.MAX_VALUE);
        assertThat(update()).isEqualTo(new IndexReport(20 - kept, kept, 0, 20 - kept, List.of()));
        assertThat(model.takeTexts()).hasSize(20 - kept);
    }

    @Test
    void update_cancelled_keepsWhatWasRead() throws IOException {
        IntStream.range(0, 40).forEach(number -> write(String.format("%02d.txt", number), "text " + number));
        CallContext context = call();

        assertThatThrownBy(() -> documents.update(progress -> context.cancellation().cancel(), context)).isInstanceOf(CallCancelledException.class);
        int kept = documents.state().documents();
        assertThat(kept).isBetween(1, 39);
        assertThat(update().unchanged()).isEqualTo(kept);
    }

    @Test
    void update_textThatTheModelRefuses_isFoundByItsWords() throws IOException {
        IntStream.range(0, 7).forEach(number -> write(number + ".txt", "text " + number));
        write("unfit.txt", "Something with an " + WordVectors.UNFIT);
        IndexReport report = update();

        assertThat(report.indexed()).isEqualTo(8);
        assertThat(report.skipped())
                .containsExactly(new SkippedDocument("unfit.txt", "has 1 passages without a vector, which are found by their words only"));
        assertThat(search(WordVectors.UNFIT, SearchMethod.BM25)).containsExactly("unfit.txt");
        assertThat(search("text", SearchMethod.VECTOR)).hasSize(5).doesNotContain("unfit.txt");
    }

    @Test
    void update_filesOfManyKinds_readsWhatIsTextAndReportsTheRest() throws IOException {
        write("good.txt", "good");
        write("empty.md", "");
        write("UPPER.TXT", "upper");
        Files.write(folder.resolve("binary.txt"), new byte[] {0, 1, 2, 3, 'a'});
        Files.write(folder.resolve("latin1.txt"), "Zürich größer".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("utf16.txt"), "\ufeffsechzehn".getBytes(StandardCharsets.UTF_16LE));
        Files.write(folder.resolve("marked.txt"), "\ufeffmarkiert".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("windows.html"), "<meta charset=windows-1251><p>Привет мир".getBytes(Charset.forName("windows-1251")));
        write("no.pdf", "this is no PDF");
        write("picture.png", "not looked at");
        write("README", "not looked at");
        write(".hidden.txt", "not looked at");
        write(".git/config.txt", "not looked at");
        Files.createDirectories(folder.resolve("directory.md"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("broken.txt"), Path.of("nothing"));
        Files.createSymbolicLink(folder.resolve("linked.txt"), Path.of("good.txt"));

        IndexReport report = update();

        assertThat(report.skipped()).containsExactlyInAnyOrder(
                new SkippedDocument("binary.txt", "is binary, not text"),
                new SkippedDocument("no.pdf", "is damaged, or no PDF"),
                new SkippedDocument("loop", "is a link to a directory above it"),
                new SkippedDocument("broken.txt", "is a link to nothing"));
        assertThat(documents.documents()).extracting(DocumentSummary::name).containsExactly(
                "UPPER.TXT", "empty.md", "good.txt", "latin1.txt", "linked.txt", "marked.txt", "utf16.txt", "windows.html");
        assertThat(search("größer", SearchMethod.BM25)).containsExactly("latin1.txt");
        assertThat(search("sechzehn", SearchMethod.BM25)).containsExactly("utf16.txt");
        assertThat(search("markiert", SearchMethod.BM25)).containsExactly("marked.txt");
        assertThat(search("привет", SearchMethod.BM25)).containsExactly("windows.html");
        assertThat(update().skipped()).hasSameElementsAs(report.skipped());
    }

    @Test
    void update_largeFile_isReportedAndItsEarlierVersionLeaves() throws IOException {
        reopen(new Limits(100, 50));
        write("a.txt", "small");
        update();
        write("a.txt", "large ".repeat(100));

        assertThat(update().skipped()).containsExactly(new SkippedDocument("a.txt", "has more than 100 bytes"));
        assertThat(documents.documents()).isEmpty();
        write("a.txt", "small again");
        assertThat(update().indexed()).isEqualTo(1);
    }

    @Test
    void update_folderIsGone_keepsTheDocuments() throws IOException {
        write("a.txt", "one");
        update();
        Files.move(folder, directory.resolve("elsewhere"));

        DocumentException failure = catchThrowableOfType(DocumentException.class, this::update);

        assertThat(failure.failure()).isEqualTo(DocumentFailure.NOT_ACCESSIBLE);
        assertThat(failure).hasMessage("the folder " + folder + " cannot be read: it is no directory");
        assertThat(search("one", SearchMethod.BM25)).containsExactly("a.txt");
    }

    @Test
    void update_progress_countsEachFileOnce() throws IOException {
        IntStream.range(0, 9).forEach(number -> write(number + ".txt", "text " + number));
        Files.write(folder.resolve("binary.txt"), new byte[10]);
        List<IndexProgress> seen = new ArrayList<>();

        documents.update(seen::add, call());

        assertThat(seen.getLast().files()).isEqualTo(10);
        assertThat(seen.getLast().done()).isEqualTo(10);
        assertThat(seen).extracting(IndexProgress::done).isSorted();
    }

    @Test
    void open_twice_saysThatTheIndexIsInUse() {
        DocumentException failure = catchThrowableOfType(DocumentException.class, this::open);

        assertThat(failure.failure()).isEqualTo(DocumentFailure.INDEX_IN_USE);
        assertThat(failure).hasMessageContaining(directory.resolve("index").toString()).hasMessageContaining("in use by another process");
    }

    @Test
    void open_damagedIndex_saysSo() throws IOException {
        write("a.txt", "one");
        update();
        documents.close();
        try (var files = Files.list(directory.resolve("index"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("segments_")).toList()) {
                Files.writeString(file, "damaged");
            }
        }

        DocumentException failure = catchThrowableOfType(DocumentException.class, this::open);

        assertThat(failure.failure()).isEqualTo(DocumentFailure.NOT_ACCESSIBLE);
        assertThat(failure).hasMessageContaining("delete the directory and index again");
    }

    @Test
    void close_thenUse_saysSo() {
        documents.close();
        documents.close();

        assertThatThrownBy(() -> documents.state()).isInstanceOfSatisfying(DocumentException.class, failure -> assertThat(failure.failure()).isEqualTo(DocumentFailure.CLOSED));
        assertThatThrownBy(() -> documents.delete("a")).isInstanceOf(DocumentException.class);
        assertThatThrownBy(() -> search("a", SearchMethod.BM25)).isInstanceOf(DocumentException.class);
        assertThatThrownBy(() -> documents.add("a.txt", new byte[] {'a'}, call()))
                .isInstanceOfSatisfying(DocumentException.class, failure -> assertThat(failure.failure()).isEqualTo(DocumentFailure.CLOSED))
                .hasMessage("the document a.txt cannot be read: the index was closed");
        assertThatThrownBy(this::update).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void update_fileThatCannotBeReadAgain_staysUnlessItHasChanged() throws IOException {
        writeOld("a.txt", "one two");
        update();
        reopen(new Limits(5, 5));
        model.useModel("two", 64);

        assertThat(update().skipped()).containsExactly(new SkippedDocument("a.txt", "has more than 5 bytes"));
        assertThat(search("two", SearchMethod.BM25)).containsExactly("a.txt");
        write("a.txt", "three four");
        assertThat(update().removed()).isEqualTo(1);
        assertThat(search("two", SearchMethod.BM25)).isEmpty();
    }

    @Test
    void add_document_isFoundAtOnceAndStays() throws IOException {
        DocumentSummary added = documents.add("notes/today.md", "# Today\n\nSomething happened.".getBytes(StandardCharsets.UTF_8), call());

        assertThat(added.passages()).isEqualTo(1);
        assertThat(added.origin()).isEqualTo(DocumentSummary.Origin.UPLOAD);
        assertThat(search("happened", SearchMethod.HYBRID)).containsExactly("notes/today.md");
        assertThat(update().removed()).isZero();
        reopen();
        assertThat(search("happened", SearchMethod.HYBRID)).containsExactly("notes/today.md");
        documents.add("notes/today.md", "Replaced.".getBytes(StandardCharsets.UTF_8), call());
        assertThat(search("happened", SearchMethod.BM25)).isEmpty();
        assertThat(documents.delete("notes/today.md")).isTrue();
        assertThat(documents.delete("notes/today.md")).isFalse();
        assertThat(documents.documents()).isEmpty();
        assertThat(documents.state().passages()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd.txt", "../a.txt", "a/../b.txt", "a//b.txt", "./a.txt", "a\u0000.txt", "a\n.txt", "c:\\a.txt", "a/"})
    void add_badName_isRefused(String name) {
        assertThatThrownBy(() -> documents.add(name, new byte[] {'a'}, call())).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void add_documentThatCannotBeRead_saysWhy() {
        reopen(new Limits(100, 50));

        assertThatThrownBy(() -> documents.add("a.exe", new byte[] {'a'}, call())).hasMessageContaining("unknown format").hasMessageContaining("pdf");
        assertThatThrownBy(() -> documents.add("a.pdf", new byte[] {'a'}, call())).hasMessage("the document a.pdf is damaged, or no PDF");
        assertThatThrownBy(() -> documents.add("a.txt", new byte[51], call()))
                .isInstanceOfSatisfying(DocumentException.class, failure -> assertThat(failure.failure()).isEqualTo(DocumentFailure.TOO_LARGE));
    }

    @Test
    void delete_documentOfTheFolder_staysAwayUntilItsFileChanges() throws IOException {
        write("a.txt", "one");
        write("b.txt", "two");
        update();
        String version = documents.state().version();

        assertThat(documents.delete("a.txt")).isTrue();
        assertThat(documents.state().version()).isNotEqualTo(version);
        assertThat(update().indexed()).isZero();
        reopen();
        assertThat(documents.documents()).extracting(DocumentSummary::name).containsExactly("b.txt");
        assertThat(search("one", SearchMethod.BM25)).isEmpty();
        write("a.txt", "one again");
        assertThat(update().indexed()).isEqualTo(1);
        assertThat(search("one", SearchMethod.BM25)).containsExactly("a.txt");
    }

    @Test
    void version_sameDocumentsInAnotherIndex_isTheSame() throws IOException {
        write("a.txt", "one");
        write("b.txt", "two");
        update();
        String version = documents.search(query("one"), call()).corpusVersion();
        documents.close();
        try (var files = Files.list(directory.resolve("index"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        documents = open();
        assertThat(documents.state().version()).isNotEqualTo(version);
        update();

        assertThat(documents.state().version()).isEqualTo(version);
    }

    @Test
    void prefixes_standBeforeWhatIsEmbeddedOnly() throws IOException {
        documents.close();
        documents = open(new EmbeddedTexts(4, "passage: ", "query: "), Limits.DEFAULT);
        write("a.md", "# Title\n\none");
        update();
        String text = documents.search(query("two"), call()).passages().getFirst().text();

        assertThat(model.takeTexts()).containsExactly("passage: Title\none", "query: two");
        assertThat(text).isEqualTo("one");
        assertThat(search("passage", SearchMethod.BM25)).isEmpty();
    }

    private void reopen() {
        documents.close();
        documents = open();
    }

    private void reopen(Limits limits) {
        documents.close();
        documents = open(EmbeddedTexts.DEFAULT, limits);
    }

    private IndexReport update() {
        return documents.update(progress -> {}, call());
    }

    private List<String> search(String text, SearchMethod method) {
        return names(query(text).withMethod(method));
    }

    private List<String> names(DocumentQuery query) {
        return documents.search(query, call()).passages().stream().map(Passage::document).toList();
    }

    private static DocumentQuery query(String text) {
        return DocumentQuery.of(text);
    }

    private static CallContext call() {
        return CallContext.create();
    }

    private void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void writeOld(String name, String text) throws IOException {
        write(name, text);
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(LONG_AGO));
    }
}
