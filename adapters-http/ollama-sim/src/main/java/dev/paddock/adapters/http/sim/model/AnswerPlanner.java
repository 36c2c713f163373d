package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Decides on an answer: the same question always gets the same one. */
record AnswerPlanner(SimulatorSettings settings) {
    private static final int THOUGHTS = 5;
    private static final int TEMPLATE_TOKENS = 9;
    private static final int PIECE_LENGTH = 6;
    private static final double LIKELY_LOGPROB = -0.0625;

    /**
     * An answer decided on before it is sent.
     *
     * @param tokens the fields that each token adds to its chunk
     * @param doneReason {@code stop} or {@code length}
     */
    record AnswerPlan(List<ObjectNode> tokens, String doneReason, int promptTokens) { }

    AnswerPlan plan(GenerationRequest request, boolean thinks) {
        List<ObjectNode> tokens = new ArrayList<>();
        SampleContent words = new SampleContent(request.prompt() + request.call().seed());
        OptionalInt limit = request.call().limit();
        if (thinks) {
            tokens.addAll(thoughts(request, words.words(Math.min(THOUGHTS, limit.orElse(Integer.MAX_VALUE) / 2))));
        }
        int count = limit.isPresent() ? limit.getAsInt() - tokens.size() : settings.tokensPerAnswer();
        tokens.addAll(substance(request, words, count));
        int promptTokens = promptTokens(request);
        if (limit.isPresent() && tokens.size() >= limit.getAsInt()) {
            return new AnswerPlan(tokens.subList(0, limit.getAsInt()), "length", promptTokens);
        }
        return new AnswerPlan(tokens, "stop", promptTokens);
    }

    /** The plan of a scripted answer; the limits of the request do not change it. */
    AnswerPlan plan(GenerationRequest request, ScriptedAnswer.Generation scripted) {
        List<ObjectNode> tokens = new ArrayList<>(thinking(scripted.thoughts()));
        tokens.addAll(texts(request, scripted.pieces()));
        SampleContent words = new SampleContent(request.prompt());
        scripted.toolCalls().forEach(call -> tokens.add(
            toolToken(call.name(), GoJson.MAPPER.valueToTree(call.arguments()), tokens.size(), words)));
        return new AnswerPlan(tokens, scripted.doneReason(), promptTokens(request));
    }

    private static int promptTokens(GenerationRequest request) {
        return TEMPLATE_TOKENS + request.prompt().split("\\s+").length;
    }

    private static List<ObjectNode> thinking(List<String> words) {
        return words.stream().map(word -> GoJson.object().put("content", "").put("thinking", word)).toList();
    }

    private List<ObjectNode> thoughts(GenerationRequest request, List<String> words) {
        if (settings.release() == OllamaRelease.NEW) {
            return thinking(words);
        }
        return texts(request, List.of("<think>\n", String.join("", words), "\n</think>\n\n"));
    }

    private List<ObjectNode> substance(GenerationRequest request, SampleContent words, int count) {
        if (!request.tools().isEmpty()) {
            JsonNode function = request.tools().get(0).path("function");
            JsonNode arguments = words.value(function.path("parameters"));
            return List.of(toolToken(
                function.path("name").asText(), arguments.isObject() ? arguments : GoJson.object(), 0, words));
        }
        JsonNode format = request.call().format();
        if (!format.isMissingNode()) {
            return texts(request, pieces(GoJson.text(words.value(format))));
        }
        List<String> quoted = QuotedSentence.answer(request.messages());
        return texts(request, untilStop(quoted == null ? words.words(count) : quoted, request.call().stops()));
    }

    private ObjectNode toolToken(String name, JsonNode arguments, int index, SampleContent words) {
        ObjectNode token = GoJson.object().put("content", "");
        ObjectNode call = token.putArray("tool_calls").addObject();
        if (settings.release() == OllamaRelease.NEW) {
            call.put("id", "call_" + words.identifier());
        }
        call.putObject("function").put("index", index).put("name", name).set("arguments", arguments);
        return token;
    }

    private static List<ObjectNode> texts(GenerationRequest request, List<String> texts) {
        List<ObjectNode> tokens = new ArrayList<>();
        for (String text : texts) {
            ObjectNode token = GoJson.object().put("content", text);
            if (request.call().logprobs()) {
                token.putArray("logprobs").add(logprobs(text, request.call().topLogprobs()));
            }
            tokens.add(token);
        }
        return tokens;
    }

    /** Made-up probabilities of one token, with as many alternatives as the request wants. */
    private static ObjectNode logprobs(String token, int alternatives) {
        ObjectNode entry = candidate(token, 0);
        for (int rank = 0; rank < alternatives; rank++) {
            entry.withArray("top_logprobs").add(candidate(rank == 0 ? token : token + rank, rank));
        }
        return entry;
    }

    private static ObjectNode candidate(String token, int rank) {
        ObjectNode candidate = GoJson.object().put("token", token).put("logprob", LIKELY_LOGPROB - rank);
        ArrayNode bytes = candidate.putArray("bytes");
        for (byte each : GoJson.bytes(token)) {
            bytes.add(Byte.toUnsignedInt(each));
        }
        return candidate;
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
