package dev.paddock.soak;

import java.util.ArrayList;
import java.util.List;

/** The right answers of the server, in the notation of Ollama. */
final class Answers {

    static final String LINES = "application/x-ndjson";
    static final String DOCUMENT = "application/json";

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
