package dev.paddock.adapters.http.documentsearch;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Makes words of texts. A name such as {@code paddock.cache.maxBytes} is found as a whole and by its parts. English words are reduced to
 * their stems; Chinese, Japanese and Korean text is cut into pairs of characters. Words that make a question, such as "how" and "does", do not count:
 * they are rare in documents and would decide.
 */
final class WordAnalyzer extends Analyzer {

    private static final int PARTS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.PRESERVE_ORIGINAL;

    private static final CharArraySet NO_CONTENT = noContent();

    private static CharArraySet noContent() {
        CharArraySet words = new CharArraySet(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET, true);
        words.addAll(List.of(
                "how", "what", "which", "who", "whom", "whose", "when", "where", "why", "do", "does", "did", "done", "can", "could", "should",
                "would", "may", "might", "must", "shall", "am", "been", "being", "has", "have", "had", "i", "me", "my", "we", "us", "our", "you",
                "your", "he", "she", "its", "them", "from", "about", "so", "than", "too", "very"));
        return CharArraySet.unmodifiableSet(words);
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        Tokenizer tokenizer = new StandardTokenizer();
        TokenStream words = new EnglishPossessiveFilter(tokenizer);
        words = new FlattenGraphFilter(new WordDelimiterGraphFilter(words, PARTS, null));
        words = new LowerCaseFilter(new CJKWidthFilter(words));
        words = new CJKBigramFilter(words);
        words = new StopFilter(words, NO_CONTENT);
        return new TokenStreamComponents(tokenizer, new PorterStemFilter(words));
    }
}
