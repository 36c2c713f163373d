package dev.paddock.benchmarks.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Bodies of the endpoints that Ollama offers in the shape of OpenAI. */
final class OpenAiBodies {

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
