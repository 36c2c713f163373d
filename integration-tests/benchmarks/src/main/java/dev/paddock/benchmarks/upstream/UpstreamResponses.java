package dev.paddock.benchmarks.upstream;

import dev.paddock.benchmarks.upstream.RequestReader.UpstreamRequestHead;
import dev.paddock.benchmarks.upstream.ResponseFraming.UpstreamResponse;
import dev.paddock.benchmarks.upstream.UpstreamCounts.ServerCounters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which answer a request gets. All but the counts were made at the start. */
final class UpstreamResponses {

    private static final byte[] STREAM = json("\"stream\"");
    private static final byte[] MODEL = json("\"model\"");
    private static final byte[] PACED = json("\"paced\"");
    private static final byte[] PACED_BRIEFLY = json("\"paced-briefly\"");
    private static final byte[] PACED_AS_A_MODEL = json("\"paced-as-a-model\"");
    private static final byte[] PACED_STEADILY = json("\"paced-steadily\"");
    private static final int STEADY_REPEATS = 8;
    private static final Duration FAST = Duration.ofMillis(1);
    private static final byte[] PACED_SLOWLY = json("\"paced-slowly\"");
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration AS_A_MODEL = Duration.ofMillis(20);
    private static final byte[] ENCODING = json("\"encoding_format\"");
    private static final byte[] BASE64 = json("\"base64\"");
    private static final byte[] TRUE = json("true");
    private static final byte[] FALSE = json("false");
    private static final int FEW = 10;
    private static final String LINES = "application/x-ndjson";
    private static final String EVENTS = "text/event-stream";

    /** What a generation may be answered with. */
    private record Generation(
            UpstreamResponse whole,
            UpstreamResponse burst,
            UpstreamResponse paced,
            UpstreamResponse pacedBriefly,
            UpstreamResponse pacedAsModel,
            UpstreamResponse pacedSteadily,
            UpstreamResponse pacedSlowly) {

        UpstreamResponse streamed(BodySample body) {
            if (body.hasField(MODEL, PACED_BRIEFLY)) {
                return pacedBriefly;
            }
            if (body.hasField(MODEL, PACED_AS_A_MODEL)) {
                return pacedAsModel;
            }
            if (body.hasField(MODEL, PACED_STEADILY)) {
                return pacedSteadily;
            }
            if (body.hasField(MODEL, PACED_SLOWLY)) {
                return pacedSlowly;
            }
            return body.hasField(MODEL, PACED) ? paced : burst;
        }
    }

    private final ServerCounters counts;
    private final ResponseFraming framing;
    private final UpstreamResponse running;
    private final UpstreamResponse version;
    private final UpstreamResponse models;
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
        models = framing.whole(ResponseFraming.JSON, "{\"models\":[{\"name\":\"bench:latest\",\"model\":\"bench:latest\",\"digest\":\""
                + "0f".repeat(32) + "\"}]}");
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
            case "GET /api/tags" -> models;
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
        return new Generation(
                whole,
                framing.burst(type, lines),
                framing.paced(type, lines, FAST),
                framing.paced(type, few, FAST),
                framing.paced(type, lines, AS_A_MODEL),
                framing.paced(type, lines, AS_A_MODEL).repeated(STEADY_REPEATS),
                framing.paced(type, lines, SLOW));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bodies of Ollama's own endpoints. */
    enum OllamaBodies {
        CHAT("\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}"),
        GENERATE("\"response\":\"%s\"");

        private static final String START = "{\"model\":\"bench\",\"created_at\":\"2026-11-22T12:00:00.%06d123Z\",";
        private static final String END = ",\"done\":true,\"done_reason\":\"stop\",\"total_duration\":746459542,"
                + "\"load_duration\":10482042,\"prompt_eval_count\":31,\"prompt_eval_duration\":14000000,"
                + "\"eval_count\":%d,\"eval_duration\":721000000}";

        private final String text;

        OllamaBodies(String text) {
            this.text = text;
        }

        String whole() {
            return START.formatted(1) + text.formatted(UpstreamTexts.ANSWER) + END.formatted(17);
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            UpstreamTexts.pieces().forEach(piece ->
                    lines.add(START.formatted(lines.size() * 1_000) + text.formatted(piece) + ",\"done\":false}\n"));
            lines.add(START.formatted(lines.size() * 1_000) + text.formatted("") + END.formatted(lines.size()) + "\n");
            return lines;
        }

        static String embeddings() {
            return Vectors.all().map(Vectors::numbers).collect(Collectors.joining(",",
                    "{\"model\":\"bench\",\"embeddings\":[",
                    "],\"total_duration\":14143917,\"load_duration\":1019500,\"prompt_eval_count\":512}"));
        }
    }

    /** Bodies of the endpoints that Ollama offers in the shape of OpenAI. */
    static final class OpenAiBodies {

        private static final String EVENT = "data: {\"id\":\"chatcmpl-126\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1786615876,\"model\":\"bench\",\"system_fingerprint\":\"fp_ollama\",\"choices\":"
                + "[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";

        private OpenAiBodies() {}

        static String completion() {
            return "{\"id\":\"chatcmpl-539\",\"object\":\"chat.completion\",\"created\":1780944397,\"model\":\"bench\","
                    + "\"system_fingerprint\":\"fp_ollama\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"" + UpstreamTexts.ANSWER + "\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":17,\"total_tokens\":48}}\n";
        }

        static List<String> events() {
            List<String> events = new ArrayList<>();
            UpstreamTexts.pieces().forEach(piece -> events.add(
                    EVENT.formatted("{\"role\":\"assistant\",\"content\":\"" + piece + "\"}", "null")));
            events.add(EVENT.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "\"stop\"") + "data: [DONE]\n\n");
            return events;
        }

        static String embeddings(Function<float[], String> format) {
            List<String> entries = new ArrayList<>();
            Vectors.all().forEach(vector -> entries.add("{\"object\":\"embedding\",\"embedding\":" + format.apply(vector)
                    + ",\"index\":" + entries.size() + "}"));
            return entries.stream().collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[",
                    "],\"model\":\"bench\",\"usage\":{\"prompt_tokens\":512,\"total_tokens\":512}}\n"));
        }
    }
}
