package dev.paddock.adapters.http.sim.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that an earlier message of a conversation quotes: in lines that begin with {@code >}, as in mail. A model that is asked about such
 * texts answers from them, so the simulator says the sentence that has the most words in common with the last message, the shortest of several.
 *
 * @param text the sentence
 * @param label the number in brackets at the start of the line before the quotation, such as {@code [1]}; empty without one
 */
record QuotedSentence(String text, String label) {
    private static final String UNKNOWN = "The quoted texts do not answer this question.";
    private static final Pattern LABEL = Pattern.compile("^\\[\\d+]");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
    private static final Pattern SENTENCE = Pattern.compile("[^|]*[.!]\\W*"); // no title, no question, no row of a table
    private static final Pattern MARKUP = Pattern.compile("^(?:[#*+|-]+|\\d+\\.)\\s+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<String> COMMON = Set.of(
        "the", "and", "are", "can", "does", "for", "from", "has", "have", "how", "its", "that", "this", "was", "what", "when", "where",
        "which", "who", "why", "with", "you");
    private static final int STEM = 6;
    private static final int LONGEST = 400;

    /** The answer to a conversation, piece by piece; null when nothing is quoted. */
    static @Nullable List<String> answer(List<String> messages) {
        if (messages.size() < 2) {
            return null;
        }
        List<QuotedSentence> quoted = new ArrayList<>();
        messages.subList(0, messages.size() - 1).stream()
                .filter(message -> message.startsWith(">") || message.contains("\n>"))
                .forEach(message -> collect(message, quoted));
        if (quoted.isEmpty()) {
            return null;
        }
        Set<String> asked = words(messages.getLast());
        QuotedSentence best = null;
        int most = 0;
        for (QuotedSentence sentence : quoted) {
            Set<String> common = words(sentence.text());
            common.retainAll(asked);
            boolean isShorter = best != null && common.size() == most && sentence.text().length() < best.text().length();
            if (common.size() > most || isShorter) {
                most = common.size();
                best = sentence;
            }
        }
        return pieces(best == null ? UNKNOWN : best.label().isEmpty() ? best.text() : best.text() + " " + best.label());
    }

    private static void collect(String message, List<QuotedSentence> sentences) {
        String label = "";
        StringBuilder paragraph = new StringBuilder();
        for (String line : (message + "\n").split("\n", -1)) {
            String quoted = line.startsWith(">") ? line.substring(1).strip() : "";
            String plain = MARKUP.matcher(quoted).replaceFirst("");
            if (!plain.equals(quoted) || quoted.isEmpty()) {
                split(paragraph, label, sentences);
            }
            if (!quoted.startsWith("#")) {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(plain);
            }
            if (!line.startsWith(">")) {
                Matcher found = LABEL.matcher(line);
                label = found.find() ? found.group() : "";
            }
        }
    }

    private static void split(StringBuilder paragraph, String label, List<QuotedSentence> sentences) {
        for (String sentence : SENTENCE_END.split(paragraph, -1)) {
            if (SENTENCE.matcher(sentence).matches() && sentence.length() <= LONGEST) {
                sentences.add(new QuotedSentence(sentence.strip(), label));
            }
        }
        paragraph.setLength(0);
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (word.length() > 2 && !COMMON.contains(word)) {
                words.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return words;
    }

    private static List<String> pieces(String text) {
        return Arrays.asList(text.split("(?= )", -1));
    }
}
