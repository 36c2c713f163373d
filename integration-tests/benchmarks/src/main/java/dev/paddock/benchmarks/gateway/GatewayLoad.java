package dev.paddock.benchmarks.gateway;

import java.util.Locale;

/** What is asked over and over. */
enum GatewayLoad {

    /** A prompt of 1 KB and a short answer in one piece. */
    CHAT("chat, 1 KB", chat("llama3.2", 1_000, false)),

    /** The same prompt and an answer of 200 chunks, which the server sends as fast as they are taken. */
    STREAM("stream, 200 chunks", chat("llama3.2", 1_000, true)),

    /** A prompt of 400 KB and a short answer in one piece. */
    PROMPT("chat, 400 KB", chat("llama3.2", 400_000, false)),

    /** As models answer: each chunk when there is one. Takes a fifth of a second, so it is measured when asked for. */
    PACED("stream, 200 chunks 1 ms apart", chat("paced", 1_000, true)),

    /** The same, but short: what counts is its first byte, for which nothing that comes later competes. */
    START("stream, 10 chunks 1 ms apart", chat("paced-briefly", 1_000, true));

    private final String label;
    private final String body;

    GatewayLoad(String label, String body) {
        this.label = label;
        this.body = body;
    }

    static GatewayLoad named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String label() {
        return label;
    }

    String body() {
        return body;
    }

    private static String chat(String model, int promptLength, boolean stream) {
        String prompt = "Why is the sky blue? ".repeat(promptLength / 21 + 1).substring(0, promptLength);
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + prompt + "\"}]}";
    }
}
