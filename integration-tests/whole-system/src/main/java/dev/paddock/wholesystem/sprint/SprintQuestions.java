package dev.paddock.wholesystem.sprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions of a sprint.
 *
 * @param pairs pairs that look alike; those with the same meaning want the same answer
 * @param others questions that stand for themselves
 */
public record SprintQuestions(List<QuestionPair> pairs, List<String> others) {

    public SprintQuestions {
        pairs = List.copyOf(pairs);
        others = List.copyOf(others);
    }

    /**
     * Two questions that look alike.
     *
     * @param first asked first
     * @param second asked later
     * @param isSame whether they have the same meaning
     */
    public record QuestionPair(String first, String second, boolean isSame) {}

    /** Returns the meaning of each question, by its text. */
    Map<String, String> meanings() {
        Map<String, String> meanings = new HashMap<>();
        for (QuestionPair pair : pairs) {
            String first = meanings.computeIfAbsent(pair.first, text -> "meaning " + meanings.size());
            meanings.putIfAbsent(pair.second, pair.isSame ? first : "meaning " + meanings.size());
        }
        others.forEach(text -> meanings.putIfAbsent(text, "meaning " + meanings.size()));
        return meanings;
    }

    /** Returns the second question of each pair of the same meaning, by the first one. */
    Map<String, String> paraphrases() {
        Map<String, String> paraphrases = new HashMap<>();
        pairs.stream().filter(QuestionPair::isSame).forEach(pair -> paraphrases.put(pair.first, pair.second));
        return paraphrases;
    }

    /** Returns the questions that a log can begin with, those that look alike next to each other. */
    List<String> fresh() {
        List<String> fresh = new ArrayList<>();
        for (int index = 0; index < Math.max(pairs.size(), others.size()); index++) {
            if (index < pairs.size()) {
                fresh.add(pairs.get(index).first);
                if (!pairs.get(index).isSame) {
                    fresh.add(pairs.get(index).second);
                }
            }
            if (index < others.size()) {
                fresh.add(others.get(index));
            }
        }
        return fresh.stream().distinct().toList();
    }
}
