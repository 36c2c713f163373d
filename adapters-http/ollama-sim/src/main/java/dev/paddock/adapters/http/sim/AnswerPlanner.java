package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Decides on an answer: the same question always gets the same one. */
final class AnswerPlanner {
    private static final int THOUGHTS = 5;
    private static final int TEMPLATE_TOKENS = 9;
    private static final int PIECE_LENGTH = 6;

    private final SimulatorSettings.Contents contents;

    AnswerPlanner(SimulatorSettings.Contents contents) {
        this.contents = contents;
    }

    AnswerPlan plan(GenerationRequest ask) {
        List<GeneratedToken> pieces = new ArrayList<>();
        SampleWords vocabulary = new SampleWords(ask.prompt() + ask.call().options().seed());
        OptionalInt limit = ask.call().options().limit();
        if (ask.thinks()) {
            pieces.addAll(thoughts(vocabulary, Math.min(THOUGHTS, limit.orElse(Integer.MAX_VALUE) / 2)));
        }
        int words = limit.isPresent() ? limit.getAsInt() - pieces.size() : contents.tokensPerAnswer();
        pieces.addAll(substance(ask, vocabulary, words));
        int promptTokens = TEMPLATE_TOKENS + ask.prompt().split("\\s+").length;
        if (limit.isPresent() && pieces.size() >= limit.getAsInt()) {
            return new AnswerPlan(pieces.subList(0, limit.getAsInt()), "length", promptTokens);
        }
        return new AnswerPlan(pieces, "stop", promptTokens);
    }

    private List<GeneratedToken> thoughts(SampleWords vocabulary, int count) {
        List<String> words = vocabulary.words(count);
        if (contents.style() == OllamaRelease.NEW) {
            return words.stream().map(word -> (GeneratedToken) new GeneratedToken.ThinkingToken(word)).toList();
        }
        String thoughts = String.join("", words);
        return List.of(new GeneratedToken.TextToken("<think>\n"), new GeneratedToken.TextToken(thoughts), new GeneratedToken.TextToken("\n</think>\n\n"));
    }

    private List<GeneratedToken> substance(GenerationRequest ask, SampleWords vocabulary, int count) {
        if (!ask.tools().isEmpty()) {
            boolean identified = contents.style() == OllamaRelease.NEW;
            return List.of(new GeneratedToken.ToolCallToken(SampleToolCall.of(ask.tools().get(0), vocabulary, identified)));
        }
        JsonNode format = ask.call().format();
        if (!format.isMissingNode()) {
            String text = GoJson.text(new SampleValue(format, vocabulary).value());
            return words(pieces(text));
        }
        return words(untilStop(vocabulary.words(count), ask.call().options().stops()));
    }

    private static List<GeneratedToken> words(List<String> texts) {
        return texts.stream().map(GeneratedToken.TextToken::new).collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> pieces(String text) {
        int[] characters = text.codePoints().toArray();
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < characters.length; start += PIECE_LENGTH) {
            pieces.add(new String(characters, start, Math.min(PIECE_LENGTH, characters.length - start)));
        }
        return pieces;
    }

    private static List<String> untilStop(List<String> words, List<String> stops) {
        String whole = String.join("", words);
        int end = stops.stream().filter(stop -> !stop.isEmpty()).mapToInt(whole::indexOf).filter(at -> at >= 0)
            .min().orElse(whole.length());
        List<String> kept = new ArrayList<>();
        int position = 0;
        for (String word : words) {
            if (position >= end) {
                break;
            }
            kept.add(word.substring(0, Math.min(word.length(), end - position)));
            position += word.length();
        }
        return kept;
    }
}
