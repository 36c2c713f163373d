package dev.paddock.adapters.http.documentsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.documents.DocumentSummary;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/** All documents as of one commit: their passages and what is known of them. Immutable; its reader is counted. */
final class IndexSnapshot {

    private static final int VERSION_DIGITS = 32;

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final NavigableMap<String, IndexedDocument> catalogue;
    private final String version;
    private final long passages;

    IndexSnapshot(DirectoryReader reader, NavigableMap<String, IndexedDocument> catalogue) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.catalogue = Collections.unmodifiableNavigableMap(new TreeMap<>(catalogue));
        this.version = versionOf(catalogue);
        this.passages = catalogue.values().stream().mapToLong(IndexedDocument::passages).sum();
    }

    /** Returns what is known of all documents of a reader. */
    static NavigableMap<String, IndexedDocument> catalogueOf(DirectoryReader reader) throws IOException {
        NavigableMap<String, IndexedDocument> catalogue = new TreeMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum documents = leaf.reader().postings(IndexFields.anyDocument(), PostingsEnum.NONE);
            NumericDocValues modified = leaf.reader().getNumericDocValues(IndexFields.MODIFIED);
            if (documents == null || modified == null) {
                continue;
            }
            for (int entry = documents.nextDoc(); entry != DocIdSetIterator.NO_MORE_DOCS; entry = documents.nextDoc()) {
                boolean isLive = leaf.reader().getLiveDocs() == null || leaf.reader().getLiveDocs().get(entry);
                if (isLive && modified.advanceExact(entry)) {
                    Document fields = leaf.reader().storedFields().document(entry, IndexFields.OF_DOCUMENTS);
                    IndexedDocument document = IndexFields.document(fields, modified.longValue());
                    catalogue.put(document.name(), document);
                }
            }
        }
        return catalogue;
    }

    DirectoryReader reader() {
        return reader;
    }

    IndexSearcher searcher() {
        return searcher;
    }

    NavigableMap<String, IndexedDocument> catalogue() {
        return catalogue;
    }

    String version() {
        return version;
    }

    long passages() {
        return passages;
    }

    List<DocumentSummary> documents() {
        return catalogue.values().stream().filter(document -> !document.isExcluded()).map(IndexedDocument::summary).toList();
    }

    int documentCount() {
        return (int) catalogue.values().stream().filter(document -> !document.isExcluded()).count();
    }

    /** Returns the bytes of an upload; empty when it has gone. */
    Optional<byte[]> upload(String name) throws IOException {
        TopDocs found = searcher.search(new TermQuery(IndexFields.entryOf(name)), 1);
        if (found.scoreDocs.length == 0) {
            return Optional.empty();
        }
        Document fields = searcher.storedFields().document(found.scoreDocs[0].doc, Set.of(IndexFields.CONTENT));
        BytesRef content = fields.getBinaryValue(IndexFields.CONTENT);
        return Optional.ofNullable(content)
                .map(bytes -> ArrayUtil.copyOfSubArray(bytes.bytes, bytes.offset, bytes.offset + bytes.length));
    }

    private static String versionOf(NavigableMap<String, IndexedDocument> catalogue) {
        MessageDigest digest = ContentHash.digest();
        catalogue.values().stream().filter(document -> !document.isExcluded()).forEach(document -> {
            for (String part : List.of(document.name(), document.content().hash(), document.recipe())) {
                byte[] bytes = part.getBytes(UTF_8);
                digest.update((bytes.length + ":").getBytes(UTF_8)); // so that no two lists of parts are the same bytes
                digest.update(bytes);
            }
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }
}
