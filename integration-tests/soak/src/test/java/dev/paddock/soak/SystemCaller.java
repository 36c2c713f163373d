package dev.paddock.soak;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.testsupport.RawClient;
import dev.paddock.testsupport.RawClient.Response;
import dev.paddock.wholesystem.GatewayClient;
import dev.paddock.wholesystem.SimulatedFleet;
import dev.paddock.wholesystem.WordVectors;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes the calls of several tenants, who ask the same questions, and writes down what they see. Thread-safe. */
final class SystemCaller implements AutoCloseable {

    /** The keys of the tenants. */
    static final List<String> TENANTS = List.of("tenant-a", "tenant-b", "tenant-c", "tenant-d");

    private static final int TOPICS = 30;
    private static final int TEXTS = 200;

    private final int port;
    private final long seed;
    private final NumberedAnswers answers;
    private final List<GatewayClient> clients;

    SystemCaller(int port, long seed, NumberedAnswers answers) {
        this.port = port;
        this.seed = seed;
        this.answers = answers;
        this.clients = TENANTS.stream().map(tenant -> new GatewayClient(port, tenant, true)).toList();
    }

    /**
     * What a caller saw of one call.
     *
     * @param question the question, empty when nothing was asked
     * @param outcome how it ended, in a word
     * @param wrong what is wrong with it, or null
     * @param start when it began, as {@link System#nanoTime}
     * @param end when it ended
     */
    record SystemCall(String question, String outcome, @Nullable String wrong, long start, long end) {}

    /** Makes a call. */
    SystemCall make(int call) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + call * 7_919L).split();
        int tenant = random.nextInt(TENANTS.size());
        boolean isUnique = random.nextInt(4) == 0;
        String subject = isUnique ? "case-" + call : "topic-" + random.nextInt(TOPICS);
        String question = (random.nextBoolean() ? "What is said about " : "Tell me what is said about ") + subject + ", please?";
        int kind = random.nextInt(100);
        long start = System.nanoTime();
        try {
            Outcome outcome = kind < 25
                    ? query(tenant, question)
                    : kind < 40
                            ? queryStream(tenant, question)
                            : kind < 60
                                    ? chat(tenant, question, false)
                                    : kind < 80 ? chat(tenant, question, true) : kind < 97 ? embed(tenant, random) : leave(tenant, question);
            return new SystemCall(kind >= 80 ? "" : question, outcome.name, outcome.wrong, start, System.nanoTime());
        } catch (SocketTimeoutException silent) {
            return new SystemCall(question, "nothing received", null, start, System.nanoTime()); // counted as hung
        } catch (IOException broken) {
            return new SystemCall(question, "connection broken", null, start, System.nanoTime());
        } catch (RuntimeException unexpected) {
            return new SystemCall(question, "not understood", unexpected.toString(), start, System.nanoTime());
        }
    }

    /** How a call ended, and what is wrong with it. */
    private record Outcome(String name, @Nullable String wrong) {}

    private Outcome query(int tenant, String question) throws IOException {
        Response response = clients.get(tenant).post("/api/query", Map.of("query", question, "k", 3));
        return response.status() == 200
                ? answered(tenant, question, String.valueOf(GatewayClient.object(response).get("answer")))
                : refused(response);
    }

    private Outcome queryStream(int tenant, String question) throws IOException {
        Response response = clients.get(tenant).post(
                "/api/stream_query", Map.of("query", question, "k", 3), "Accept: text/event-stream");
        if (response.status() != 200) {
            return refused(response);
        }
        StringBuilder text = new StringBuilder();
        String event = "";
        for (String line : response.lines()) {
            if (line.startsWith("event:")) {
                event = line.substring(6).strip();
            } else if (line.startsWith("data:") && event.equals("text")) {
                text.append(GatewayClient.object(PlainJson.fromText(line.substring(5))).get("text"));
            } else if (event.equals("error")) {
                return new Outcome("error in the stream", null);
            }
        }
        return event.equals("done") ? answered(tenant, question, text.toString()) : new Outcome("stream", "a stream that ends after " + event);
    }

    private Outcome chat(int tenant, String question, boolean isStreamed) throws IOException {
        Response response = clients.get(tenant).post("/api/chat", chatBody(question, isStreamed));
        if (response.status() != 200) {
            return refused(response);
        }
        StringBuilder text = new StringBuilder();
        boolean isDone = false;
        for (String line : response.lines()) {
            Map<?, ?> chunk = GatewayClient.object(PlainJson.fromText(line));
            if (chunk.containsKey("error")) {
                return new Outcome("error in the stream", null);
            }
            text.append(GatewayClient.object(chunk.get("message")).get("content"));
            isDone = Boolean.TRUE.equals(chunk.get("done"));
        }
        return isDone ? answered(tenant, question, text.toString()) : new Outcome("stream", "a whole response without its last frame");
    }

    private static Map<String, ?> chatBody(String question, boolean isStreamed) {
        return Map.of(
                "model", SimulatedFleet.MODEL,
                "messages", List.of(Map.of("role", "user", "content", question)),
                "stream", isStreamed,
                "options", Map.of("temperature", 0));
    }

    private Outcome embed(int tenant, SplittableRandom random) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int text = random.nextInt(1, 5); text > 0; text--) {
            texts.add("a text number " + random.nextInt(TEXTS) + " to embed");
        }
        Response response = clients.get(tenant).post("/api/embed", Map.of("model", SimulatedFleet.EMBEDDING_MODEL, "input", texts));
        if (response.status() != 200) {
            return refused(response);
        }
        List<?> vectors = GatewayClient.object(response).get("embeddings") instanceof List<?> list ? list : List.of();
        if (vectors.size() != texts.size()) {
            return new Outcome("vectors", vectors.size() + " vectors for " + texts.size() + " texts");
        }
        for (int index = 0; index < texts.size(); index++) {
            if (!isVector(vectors.get(index), WordVectors.of(texts.get(index)))) {
                return new Outcome("vectors", "the vector of another text");
            }
        }
        return new Outcome("ok", null);
    }

    private static boolean isVector(@Nullable Object received, float... expected) {
        if (!(received instanceof List<?> numbers) || numbers.size() != expected.length) {
            return false;
        }
        for (int index = 0; index < expected.length; index++) {
            if (!(numbers.get(index) instanceof Number number) || Math.abs(number.floatValue() - expected[index]) > 1e-4) {
                return false;
            }
        }
        return true;
    }

    /** Asks and leaves at once. */
    private Outcome leave(int tenant, String question) throws IOException {
        try (RawClient client = new RawClient(port)) {
            var unused = client.request(
                    "POST", "/api/chat", PlainJson.toText(chatBody(question, true)), "Authorization: Bearer " + TENANTS.get(tenant));
        }
        return new Outcome("left", null);
    }

    /** Lets clients ask and leave at once. */
    void leave(int clientCount) {
        for (int client = 0; client < clientCount; client++) {
            try {
                Outcome unused = leave(client % TENANTS.size(), "What is said about topic-" + client + ", please?");
            } catch (IOException refused) {
                // a gateway that refuses connections is found by the calls
            }
        }
    }

    private Outcome answered(int tenant, String question, String answer) {
        return new Outcome("ok", answers.wrong(TENANTS.get(tenant), question, answer));
    }

    private static Outcome refused(Response response) {
        String outcome = "status " + response.status();
        return switch (response.status()) {
            case 429, 502, 503, 504 -> new Outcome(outcome, null);
            default -> new Outcome(outcome, response.body().strip());
        };
    }

    @Override
    public void close() throws IOException {
        for (GatewayClient client : clients) {
            client.close();
        }
    }
}
