package dev.paddock.e2e.query;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.CorpusState;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import dev.paddock.domain.documents.IndexProgress;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.documents.SearchResult;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.llm.LlmPort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * A search engine of one's own, in memory: each paragraph is a passage, and what counts are the words that it shares with the query. For the
 * other methods the query is embedded first, as other engines do, so that the call counts at the server.
 */
final class ParagraphSearch implements DocumentSearchPort {

    private final LlmPort llm;
    private final Map<String, String> documents = new ConcurrentSkipListMap<>();
    private volatile boolean isUpdating;

    ParagraphSearch(LlmPort llm) {
        this.llm = requireNonNull(llm, "llm");
    }

    void put(String name, String text) {
        documents.put(name, text);
    }

    void updating(boolean isReading) {
        isUpdating = isReading;
    }

    @Override
    public SearchResult search(DocumentQuery query, CallContext context) {
        if (query.method() != SearchMethod.BM25) {
            llm.embed(EmbedRequest.of("nomic-embed-text", query.text()), context);
        }
        Set<String> wanted = words(query.text());
        List<Passage> passages = new ArrayList<>();
        documents.forEach((name, text) -> {
            int position = 0;
            for (String paragraph : text.split("\n\n", -1)) {
                Set<String> common = words(paragraph);
                common.retainAll(wanted);
                if (!common.isEmpty()) {
                    passages.add(new Passage(name, position, "", paragraph, common.size()));
                }
                position++;
            }
        });
        passages.sort(Comparator.comparingDouble(Passage::score).reversed());
        return new SearchResult(passages.subList(0, Math.min(query.k(), passages.size())), state().version());
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1)));
    }

    @Override
    public CorpusState state() {
        return new CorpusState(Integer.toHexString(documents.toString().hashCode()), documents.size(), documents.size(), isUpdating);
    }

    @Override
    public List<DocumentSummary> documents() {
        return documents.entrySet().stream()
                .map(each -> new DocumentSummary(each.getKey(), Origin.UPLOAD, each.getValue().length(), 1, Instant.EPOCH))
                .toList();
    }

    @Override
    public DocumentSummary add(String name, byte[] content, CallContext context) {
        put(name, new String(content, StandardCharsets.UTF_8));
        return new DocumentSummary(name, Origin.UPLOAD, content.length, 1, Instant.EPOCH);
    }

    @Override
    public boolean delete(String name) {
        return documents.remove(name) != null;
    }

    @Override
    public IndexReport update(Consumer<IndexProgress> progress, CallContext context) {
        return IndexReport.NOTHING;
    }

    @Override
    public void close() {}
}
