package dev.paddock.benchmarks.contender;

import java.util.List;
import java.util.stream.IntStream;

/** The requests of all contenders. */
final class BenchmarkRequests {

    static final String MODEL = "bench";
    static final String SYSTEM = "You answer in one sentence, in plain words.";
    static final String USER = "Why is the sky blue, and why does it turn red when the sun goes down?";
    static final String CHAT_PATH = "/api/chat";
    static final String EMBED_PATH = "/api/embed";

    /** The texts to embed. */
    static final List<String> TEXTS = IntStream.range(0, 64)
            .mapToObj(index -> "Text " + index + " says something about light that is worth finding again.")
            .toList();

    private BenchmarkRequests() {}
}
