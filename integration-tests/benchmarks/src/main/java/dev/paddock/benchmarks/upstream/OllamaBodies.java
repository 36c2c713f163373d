package dev.paddock.benchmarks.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
