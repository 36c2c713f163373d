package dev.paddock.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The right answers of the server, in the notation of Ollama. */
final class Answers {

    static final String LINES = "application/x-ndjson";
    static final String DOCUMENT = "application/json";

    /** The header field of an answer without a content type: none. */
    static final String NO_TYPE = "";

    static final String FOREIGN_ERROR = "{\"object\":\"error\",\"message\":\"the engine is dead\",\"code\":500}";

    private static final String END =
            "\"done\":true,\"done_reason\":\"stop\",\"total_duration\":5,\"eval_count\":3,\"prompt_eval_count\":2";

    private Answers() {}

    /** Returns the pieces of an answer: one for each frame, the last one being the terminal frame. */
    static List<String> frames(int call, CallKind work) {
        return switch (work) {
            case CHAT_STREAM -> lines(call, true);
            case GENERATE_STREAM -> lines(call, false);
            case CHAT -> List.of("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"" + SoakPlan.text(call)
                    + "\"}," + END + "}");
            case EMBED -> List.of("{\"model\":\"m\",\"embeddings\":[" + vector(call) + "],\"prompt_eval_count\":2}");
            case SHOW -> List.of("{\"license\":\"" + SoakPlan.text(call) + "\",\"capabilities\":[\"completion\"]}");
        };
    }

    /** Returns the content type of an answer as a header field. */
    static String type(CallKind work) {
        return "Content-Type: " + (work.isStreamed() ? LINES : DOCUMENT) + "\r\n";
    }

    /** Returns a frame with fields that are of another type than the API has, and an empty error. */
    static String withOddFields(String frame) {
        return "{\"error\":\"\",\"created_at\":1732600000.25,\"load_duration\":\"5ms\",\"prompt_eval_duration\":-1,"
                + "\"logprobs\":false,\"modified_at\":7," + frame.substring(1);
    }

    /** Returns the lines with others before them that servers send to keep the connection alive. */
    static List<String> withHeartbeats(List<String> frames) {
        return frames.stream()
                .flatMap(frame -> Stream.of("\n", "null\n", frame))
                .toList();
    }

    static byte[] compressed(List<String> frames) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(String.join("", frames).getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    private static List<String> lines(int call, boolean chat) {
        List<String> lines = new ArrayList<>();
        for (String piece : SoakPlan.pieces(call)) {
            lines.add("{\"model\":\"m\"," + content(piece, chat) + ",\"done\":false}\n");
        }
        lines.add("{\"model\":\"m\"," + content("", chat) + "," + END + "}\n");
        return lines;
    }

    private static String content(String text, boolean chat) {
        return chat
                ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
                : "\"response\":\"" + text + "\"";
    }

    private static String vector(int call) {
        float[] vector = SoakPlan.vector(call);
        return "[" + vector[0] + "," + vector[1] + "," + vector[2] + "]";
    }
}
