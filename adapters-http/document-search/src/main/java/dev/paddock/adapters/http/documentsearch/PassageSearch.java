package dev.paddock.adapters.http.documentsearch;

import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.RankFusion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/**
 * Searches passages.
 *
 * @param searcher searches the entries
 * @param analyzer makes words of queries
 */
record PassageSearch(IndexSearcher searcher, Analyzer analyzer) {

    /** How many passages of each ranking are merged. */
    private static final int CANDIDATES = 100;

    /** How far a graph of vectors is searched at least: further finds more of the best ones, and takes longer. */
    private static final int FARTHEST = 200;

    private static final int MOST_WORDS = 256;

    /** Returns the best passages by words. */
    List<Passage> byWords(String text, int k) throws IOException {
        return passages(rankedByWords(text, k), k);
    }

    /** Returns the best passages by vectors. */
    List<Passage> byVector(SpaceVector vector, int k) throws IOException {
        return passages(rankedByVector(vector, k), k);
    }

    /** Returns the best passages by both. */
    List<Passage> byBoth(String text, SpaceVector vector, RankFusion fusion, int k) throws IOException {
        List<RankedEntry> words = rankedByWords(text, Math.max(CANDIDATES, k));
        List<RankedEntry> similar = rankedByVector(vector, Math.max(CANDIDATES, k));
        Map<Integer, Double> scores = new HashMap<>();
        for (int rank = 1; rank <= words.size(); rank++) {
            scores.merge(words.get(rank - 1).entry, fusion.bm25Score(rank), Double::sum);
        }
        for (int rank = 1; rank <= similar.size(); rank++) {
            scores.merge(similar.get(rank - 1).entry, fusion.vectorScore(rank), Double::sum);
        }
        List<RankedEntry> merged = new ArrayList<>();
        scores.forEach((entry, score) -> {
            if (score > 0) { // a ranking without weight adds nothing
                merged.add(new RankedEntry(entry, score));
            }
        });
        return passages(merged, k);
    }

    private List<RankedEntry> rankedByWords(String text, int k) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String word : words(text)) {
            query.add(new TermQuery(new Term(IndexFields.WORDS, word)), BooleanClause.Occur.SHOULD);
        }
        return ranked(query.build(), k, score -> score);
    }

    private List<RankedEntry> rankedByVector(SpaceVector vector, int k) throws IOException {
        Query query = new KnnFloatVectorQuery(vector.space().field(), vector.values().vector(), Math.max(FARTHEST, k));
        return ranked(query, k, score -> 2 * score - 1); // Lucene maps similarities to 0 to 1
    }

    private List<RankedEntry> ranked(Query query, int k, Scale scale) throws IOException {
        List<RankedEntry> ranked = new ArrayList<>();
        for (ScoreDoc found : searcher.search(query, k).scoreDocs) {
            ranked.add(new RankedEntry(found.doc, scale.apply(found.score)));
        }
        return ranked;
    }

    /** Returns the passages of the best entries; equal scores are in the order of documents and positions, so that results are the same each time. */
    private List<Passage> passages(List<RankedEntry> ranked, int k) throws IOException {
        List<Passage> passages = new ArrayList<>();
        ranked.sort(Comparator.comparingDouble(RankedEntry::score).reversed().thenComparingInt(RankedEntry::entry));
        for (RankedEntry entry : ranked.subList(0, Math.min(k, ranked.size()))) {
            passages.add(IndexFields.passage(searcher.storedFields().document(entry.entry, IndexFields.OF_PASSAGES), entry.score));
        }
        passages.sort(Comparator.comparingDouble(Passage::score).reversed().thenComparing(Passage::document).thenComparingInt(Passage::position));
        return passages;
    }

    private Set<String> words(String text) throws IOException {
        Set<String> words = new LinkedHashSet<>();
        try (TokenStream tokens = analyzer.tokenStream(IndexFields.WORDS, text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (words.size() < MOST_WORDS && tokens.incrementToken()) {
                words.add(word.toString());
            }
            tokens.end();
        }
        return words;
    }

    private record RankedEntry(int entry, double score) {}

    /** Makes a score of that of Lucene. */
    @FunctionalInterface
    private interface Scale {

        double apply(double score);
    }
}
