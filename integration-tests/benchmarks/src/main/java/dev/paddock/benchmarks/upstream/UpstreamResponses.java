package dev.paddock.benchmarks.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which answer a request gets. All but the counts were made at the start. */
final class UpstreamResponses {

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
    private record Generation(UpstreamResponse whole, UpstreamResponse burst, UpstreamResponse paced, UpstreamResponse pacedBriefly) {

        UpstreamResponse streamed(BodySample body) {
            if (body.hasField(MODEL, PACED_BRIEFLY)) {
                return pacedBriefly;
            }
            return body.hasField(MODEL, PACED) ? paced : burst;
        }
    }

    private final ServerCounters counts;
    private final ResponseFraming framing;
    private final UpstreamResponse running;
    private final UpstreamResponse version;
    private final UpstreamResponse missing;
    private final Generation chat;
    private final Generation generate;
    private final Generation completion;
    private final UpstreamResponse embed;
    private final UpstreamResponse floats;
    private final UpstreamResponse base64;

    UpstreamResponses(ServerCounters counts, ResponseFraming framing) {
        this.counts = counts;
        this.framing = framing;
        running = framing.whole("text/plain; charset=utf-8", "Ollama is running");
        version = framing.whole(ResponseFraming.JSON, "{\"version\":\"0.32.15\"}");
        missing = framing.whole("404 Not Found", "text/plain", "404 page not found");
        chat = generation(OllamaBodies.CHAT);
        generate = generation(OllamaBodies.GENERATE);
        completion = completion();
        embed = framing.whole(ResponseFraming.JSON, OllamaBodies.embeddings());
        floats = framing.whole("application/json", OpenAiBodies.embeddings(Vectors::numbers));
        base64 = framing.whole("application/json", OpenAiBodies.embeddings(Vectors::base64));
    }

    ServerCounters counts() {
        return counts;
    }

    boolean closing() {
        return framing == ResponseFraming.CLOSING;
    }

    UpstreamResponse to(UpstreamRequestHead head, BodySample body) {
        if (head.target().equals("GET /counts")) {
            return framing.whole("application/json", counts.json());
        }
        counts.requestAnswered();
        return switch (head.target()) {
            case "GET /" -> running;
            case "GET /api/version" -> version;
            case "POST /api/chat" -> body.hasField(STREAM, FALSE) ? chat.whole() : chat.streamed(body);
            case "POST /api/generate" -> body.hasField(STREAM, FALSE) ? generate.whole() : generate.streamed(body);
            case "POST /v1/chat/completions" ->
                    body.hasField(STREAM, TRUE) ? completion.streamed(body) : completion.whole();
            case "POST /api/embed" -> embed;
            case "POST /v1/embeddings" -> body.hasField(ENCODING, BASE64) ? base64 : floats;
            default -> missing;
        };
    }

    private Generation generation(OllamaBodies bodies) {
        return generation(framing.whole(ResponseFraming.JSON, bodies.whole()), LINES, bodies.lines());
    }

    private Generation completion() {
        return generation(framing.whole("application/json", OpenAiBodies.completion()), EVENTS, OpenAiBodies.events());
    }

    private Generation generation(UpstreamResponse whole, String type, List<String> lines) {
        List<String> few = new ArrayList<>(lines.subList(0, FEW - 1));
        few.add(lines.getLast());
        return new Generation(whole, framing.burst(type, lines), framing.paced(type, lines), framing.paced(type, few));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
