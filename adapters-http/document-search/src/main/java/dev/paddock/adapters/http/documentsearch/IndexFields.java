package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import dev.paddock.domain.documents.Passage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.jspecify.annotations.Nullable;

/** The fields of the index: an entry for each document, and before it one for each of its passages. */
final class IndexFields {

    /** The words of a passage. */
    static final String WORDS = "words";

    /** The time of change of a file, which can be replaced without the passages. */
    static final String MODIFIED = "modified";

    /** The fields that a result needs. */
    static final Set<String> OF_PASSAGES = Set.of("document", "position", "section", "text");

    /** The fields that tell what is known of a document; without its bytes, which may be many. */
    static final Set<String> OF_DOCUMENTS = Set.of("document", "origin", "excluded", "hash", "bytes", "recipe", "passages", "indexed");

    /** The bytes of an upload. */
    static final String CONTENT = "content";

    private static final String DOCUMENT = "document";
    private static final String ENTRY = "entry";
    private static final String KIND = "kind";
    private static final String OF_DOCUMENT = "document";

    private IndexFields() {}

    /** Returns what stands in all entries of a document. */
    static Term allOf(String name) {
        return new Term(DOCUMENT, name);
    }

    /** Returns what stands only in the entry of a document itself. */
    static Term entryOf(String name) {
        return new Term(ENTRY, name);
    }

    /** Returns what stands in the entries of all documents, and in none of passages. */
    static Term anyDocument() {
        return new Term(KIND, OF_DOCUMENT);
    }

    static Document passage(String name, int position, EmbeddedPassage embedded) {
        CutPassage passage = embedded.passage();
        Document fields = new Document();
        fields.add(new StringField(DOCUMENT, name, Field.Store.YES));
        fields.add(new StoredField("position", position));
        fields.add(new StoredField("section", passage.section()));
        fields.add(new StoredField("text", passage.text()));
        fields.add(new TextField(WORDS, passage.searched(), Field.Store.NO));
        SpaceVector vector = embedded.vector();
        if (vector != null) {
            fields.add(new KnnFloatVectorField(vector.space().field(), vector.values().vector(), VectorSimilarityFunction.DOT_PRODUCT));
        }
        return fields;
    }

    static Passage passage(Document fields, double score) {
        return new Passage(
                fields.get(DOCUMENT),
                fields.getField("position").numericValue().intValue(),
                fields.get("section"),
                fields.get("text"),
                score);
    }

    static Document document(IndexedDocument document, byte @Nullable [] upload) {
        Document fields = new Document();
        fields.add(new StringField(DOCUMENT, document.name(), Field.Store.YES));
        fields.add(new StringField(ENTRY, document.name(), Field.Store.NO));
        fields.add(new StringField(KIND, OF_DOCUMENT, Field.Store.NO));
        fields.add(new NumericDocValuesField(MODIFIED, document.modified()));
        fields.add(new StoredField("origin", document.origin().name()));
        fields.add(new StoredField("excluded", String.valueOf(document.isExcluded())));
        fields.add(new StoredField("hash", document.content().hash()));
        fields.add(new StoredField("bytes", document.content().bytes()));
        fields.add(new StoredField("recipe", document.recipe()));
        fields.add(new StoredField("passages", document.passages()));
        fields.add(new StoredField("indexed", document.indexedAt().toEpochMilli()));
        if (upload != null) {
            fields.add(new StoredField(CONTENT, upload));
        }
        return fields;
    }

    static IndexedDocument document(Document fields, long modified) {
        return new IndexedDocument(
                fields.get(DOCUMENT),
                Origin.valueOf(fields.get("origin")),
                Boolean.parseBoolean(fields.get("excluded")),
                new IndexedDocument.Content(fields.get("hash"), fields.getField("bytes").numericValue().longValue()),
                fields.get("recipe"),
                modified,
                fields.getField("passages").numericValue().intValue(),
                Instant.ofEpochMilli(fields.getField("indexed").numericValue().longValue()));
    }

    /** Returns all entries of a document, that of the document itself last. */
    static List<Document> block(IndexedDocument document, List<EmbeddedPassage> passages, byte @Nullable [] upload) {
        List<Document> block = new ArrayList<>();
        for (EmbeddedPassage passage : passages) {
            block.add(passage(document.name(), block.size(), passage));
        }
        block.add(document(document, upload));
        return block;
    }
}
