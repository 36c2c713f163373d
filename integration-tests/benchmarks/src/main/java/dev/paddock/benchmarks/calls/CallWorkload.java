package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import dev.paddock.benchmarks.upstream.UpstreamProcess.UpstreamAddress;
import dev.paddock.benchmarks.upstream.UpstreamTexts;
import dev.paddock.benchmarks.upstream.Vectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The calls that are measured. */
public enum CallWorkload {
    SMALL_CHAT("W1", "W1: small chat, one caller"),
    MANY_CALLERS("W2", "W2: small chat, 32 callers on virtual threads"),
    STREAM("W3", "W3: a stream of 200 chunks, all ready at once"),
    PACED_STREAM("W3-paced", "W3: a stream of 200 chunks, 1 ms apart"),
    EMBED("W4", "W4: vectors for 64 texts, 768 numbers each"),
    CLOSING("W5", "W5: small chat, the server closes after each answer");

    private final String label;
    private final String title;

    CallWorkload(String label, String title) {
        this.label = label;
        this.title = title;
    }

    static CallWorkload named(String name) {
        return Arrays.stream(values())
                .filter(workload -> workload.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + name));
    }

    CallResult call(ContenderClient client) throws IOException {
        return switch (this) {
            case SMALL_CHAT, MANY_CALLERS, CLOSING -> client.chat();
            case STREAM -> client.stream("bench");
            case PACED_STREAM -> client.stream("paced");
            case EMBED -> client.embed();
        };
    }

    /** Makes a call for the warm-up: the same code path, without the pauses of a paced stream. */
    CallResult warmUp(ContenderClient client) throws IOException {
        return this == PACED_STREAM ? STREAM.call(client) : call(client);
    }

    int callers() {
        return this == MANY_CALLERS ? 32 : 1;
    }

    /** Returns the unit of the tables: chunks of a stream, otherwise calls. */
    String unit() {
        return unitsPerCall() > 1 ? "chunk" : "call";
    }

    int unitsPerCall() {
        return this == STREAM || this == PACED_STREAM ? UpstreamTexts.CHUNKS : 1;
    }

    /** Returns a factor for the time of a measurement: the system counts processor time in steps of 10 ms. */
    int timeFactor() {
        return this == PACED_STREAM ? 3 : 1;
    }

    int port(UpstreamAddress upstream) {
        return this == CLOSING ? upstream.closingPort() : upstream.port();
    }

    /** Returns the contenders of this workload. OpenAI's API differs from Ollama's only in embeddings. */
    Set<Contender> contenders() {
        return this == EMBED
                ? EnumSet.allOf(Contender.class)
                : EnumSet.complementOf(EnumSet.of(Contender.PADDOCK_OPENAI));
    }

    String title() {
        return title;
    }

    /** Verifies that an answer is complete. */
    static final class Verification {

        private static final ChatResult CHAT = new ChatResult(UpstreamTexts.ANSWER, 31, 17);
        private static final StreamResult STREAM = new StreamResult(UpstreamTexts.streamed(), UpstreamTexts.CHUNKS - 1, UpstreamTexts.CHUNKS - 1);

        private Verification() {}

        /** Throws an exception when an answer is not that of the upstream. */
        static void verify(CallResult answer) {
            boolean right = switch (answer) {
                case ChatResult chat -> chat.equals(CHAT);
                case StreamResult stream -> stream.equals(STREAM);
                case EmbedResult embed -> embed.vectors() == Vectors.COUNT
                        && embed.dimensions() == Vectors.DIMENSIONS
                        && embed.last() == Vectors.vector(Vectors.COUNT - 1)[Vectors.DIMENSIONS - 1];
            };
            if (!right) {
                throw new IllegalStateException("a wrong answer: " + answer);
            }
        }
    }
}
