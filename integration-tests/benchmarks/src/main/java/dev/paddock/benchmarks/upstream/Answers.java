package dev.paddock.benchmarks.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which answer a request gets. All but the counts were made at the start. */
final class Answers {

    private static final byte[] STREAM = json("\"stream\"");
    private static final byte[] MODEL = json("\"model\"");
    private static final byte[] PACED = json("\"paced\"");
    private static final byte[] PACED_BRIEFLY = json("\"paced-briefly\"");
    private static final byte[] ENCODING = json("\"encoding_format\"");
    private static final byte[] BASE64 = json("\"base64\"");
    private static final byte[] TRUE = json("true");
    private static final byte[] FALSE = json("false");
    private static final int FEW = 10;
    private static final String LINES = "application/x-ndjson";
    private static final String EVENTS = "text/event-stream";

    /** What a generation may be answered with. */
    private record Generation(Answer whole, Answer burst, Answer paced, Answer pacedBriefly) {

        Answer streamed(BodySample body) {
            if (body.says(MODEL, PACED_BRIEFLY)) {
                return pacedBriefly;
            }
            return body.says(MODEL, PACED) ? paced : burst;
        }
    }

    private final Counts counts;
    private final AnswerBytes framing;
    private final Answer running;
    private final Answer version;
    private final Answer missing;
    private final Generation chat;
    private final Generation generate;
    private final Generation completion;
    private final Answer embed;
    private final Answer floats;
    private final Answer base64;

    Answers(Counts counts, AnswerBytes framing) {
        this.counts = counts;
        this.framing = framing;
        running = framing.whole("text/plain; charset=utf-8", "Ollama is running");
        version = framing.whole(AnswerBytes.JSON, "{\"version\":\"0.32.15\"}");
        missing = framing.whole("404 Not Found", "text/plain", "404 page not found");
        chat = generation(OllamaBodies.CHAT);
        generate = generation(OllamaBodies.GENERATE);
        completion = completion();
        embed = framing.whole(AnswerBytes.JSON, OllamaBodies.embeddings());
        floats = framing.whole("application/json", OpenAiBodies.embeddings(Vectors::numbers));
        base64 = framing.whole("application/json", OpenAiBodies.embeddings(Vectors::base64));
    }

    Counts counts() {
        return counts;
    }

    boolean closing() {
        return framing == AnswerBytes.CLOSING;
    }

    Answer to(RequestHead head, BodySample body) {
        if (head.target().equals("GET /counts")) {
            return framing.whole("application/json", counts.json());
        }
        counts.requestAnswered();
        return switch (head.target()) {
            case "GET /" -> running;
            case "GET /api/version" -> version;
            case "POST /api/chat" -> body.says(STREAM, FALSE) ? chat.whole() : chat.streamed(body);
            case "POST /api/generate" -> body.says(STREAM, FALSE) ? generate.whole() : generate.streamed(body);
            case "POST /v1/chat/completions" ->
                    body.says(STREAM, TRUE) ? completion.streamed(body) : completion.whole();
            case "POST /api/embed" -> embed;
            case "POST /v1/embeddings" -> body.says(ENCODING, BASE64) ? base64 : floats;
            default -> missing;
        };
    }

    private Generation generation(OllamaBodies bodies) {
        return generation(framing.whole(AnswerBytes.JSON, bodies.whole()), LINES, bodies.lines());
    }

    private Generation completion() {
        return generation(framing.whole("application/json", OpenAiBodies.completion()), EVENTS, OpenAiBodies.events());
    }

    private Generation generation(Answer whole, String type, List<String> lines) {
        List<String> few = new ArrayList<>(lines.subList(0, FEW - 1));
        few.add(lines.getLast());
        return new Generation(whole, framing.burst(type, lines), framing.paced(type, lines), framing.paced(type, few));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
