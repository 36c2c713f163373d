package dev.paddock.adapters.http.answercache.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.answercache.MemoryExchange;
import dev.paddock.adapters.http.wire.embedding.EmbeddingInput;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server that gives each text a vector of its own, which also depends on everything else in the request. It records what it was asked. */
final class TextServer implements ExchangePort {

    final List<List<String>> asked = new CopyOnWriteArrayList<>();
    final List<ExchangeRequest> requests = new CopyOnWriteArrayList<>();
    final List<CallContext> contexts = new CopyOnWriteArrayList<>();
    final AtomicInteger cancelled = new AtomicInteger();
    final Map<String, Fault> faults = new ConcurrentHashMap<>();
    volatile int mostTexts = Integer.MAX_VALUE;
    volatile boolean busy;
    volatile String note = ""; // a field beside the vectors
    private final Semaphore turns = new Semaphore(1_000_000);

    /** What is wrong with a text. */
    enum Fault { REFUSED, FAILED, ZERO_IN_ARRAYS, ZERO, NAN_IN_ARRAYS, SHORT_IN_ARRAYS, LOST_IN_ARRAYS }

    /** Lets requests wait from now on until {@link #answer} lets some of them go on. */
    void hold() {
        turns.drainPermits();
    }

    void answer(int count) {
        turns.release(count);
    }

    void answerAll() {
        turns.release(1_000_000);
    }

    /** Returns the vector of a text in a request with the given fields. */
    static String vector(String target, String model, String options, String credentials, String text) {
        int hash = Objects.hash(target, model, options, credentials, text);
        return "[" + (hash & 0xffff) + "," + (hash >>> 16) + "," + text.length() + ",1]";
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        Map<String, ?> body = PlainJson.parseObject("a request", new String(request.body().bytes(), UTF_8));
        EmbeddingInput input = EmbeddingInput.of(request);
        List<String> texts = input == null ? List.of() : input.texts();
        requests.add(request);
        contexts.add(context);
        asked.add(texts);
        awaitTurn(context);
        boolean isArray = texts.size() > 1;
        if (busy) {
            return answer(503, "{\"error\":\"busy\"}", AnswerVerdict.BUSY, context);
        }
        if (texts.size() > mostTexts) {
            return answer(422, "{\"error\":\"batch size\"}", AnswerVerdict.CLIENT_ERROR, context);
        }
        if (texts.stream().anyMatch(text -> faults.get(text) == Fault.REFUSED)) {
            return answer(400, "{\"error\":\"refused " + texts.size() + "\"}", AnswerVerdict.CLIENT_ERROR, context);
        }
        if (texts.stream().anyMatch(text -> faults.get(text) == Fault.FAILED)) {
            return answer(500, "{\"error\":\"failed\"}", AnswerVerdict.MODEL_FAILED, context);
        }
        Headers extra = context.get(CallAttributes.EXTRA_HEADERS);
        String credentials = extra == null ? "" : String.valueOf(extra.first("Authorization"));
        List<String> vectors = new ArrayList<>();
        for (String text : texts) {
            String vector = vector(request.target(), String.valueOf(body.get("model")), String.valueOf(body.get("options")), credentials, text);
            switch (faults.get(text)) {
                case ZERO_IN_ARRAYS -> vectors.add(isArray ? "[0,0,0,0.0]" : vector);
                case ZERO -> vectors.add("[0,0,0,0]");
                case NAN_IN_ARRAYS -> vectors.add(isArray ? "[NaN,1,2,3]" : vector);
                case SHORT_IN_ARRAYS -> vectors.add(isArray ? "[1,2]" : vector);
                case LOST_IN_ARRAYS -> vectors.addAll(isArray ? List.of() : List.of(vector));
                case REFUSED, FAILED -> throw new IllegalStateException();
                case null -> vectors.add(vector);
            }
        }
        int tokens = texts.stream().mapToInt(text -> text.length() + 1).sum();
        String model = PlainJson.toText(body.get("model"));
        String answer = request.target().startsWith("/v1")
                ? "{\"object\":\"list\",\"data\":[" + IntStream.range(0, vectors.size())
                                .mapToObj(index -> "{\"index\":" + index + ",\"embedding\":" + vectors.get(index) + "}")
                                .collect(Collectors.collectingAndThen(Collectors.toList(), list -> String.join(",", list.reversed())))
                        + "],\"model\":" + model + ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}"
                : "{\"model\":" + model + ",\"embeddings\":[" + String.join(",", vectors)
                        + "],\"note\":\"" + note + "\",\"total_duration\":5,\"load_duration\":3,\"prompt_eval_count\":" + tokens + "}";
        return answer(200, answer, AnswerVerdict.OK, context);
    }

    private void awaitTurn(CallContext context) {
        Semaphore turn = new Semaphore(0);
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                turns.acquire();
                turn.release();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Cancellation.Registration registration = context.cancellation().onCancel(() -> {
            waiting.interrupt();
            turn.release();
        });
        turn.acquireUninterruptibly();
        registration.close();
        if (context.cancellation().isCancelled()) {
            cancelled.incrementAndGet();
            throw new CallCancelledException("the call was cancelled", ErrorFacts.NONE);
        }
    }

    private static Exchange answer(int status, String body, AnswerVerdict verdict, CallContext context) {
        ExchangeHead head = new ExchangeHead(
                status,
                Headers.of("Content-Type", "application/json"),
                Framing.DOCUMENT,
                Provenance.of(new BackendId("server"), 1, false));
        return MemoryExchange.ofDocument(head, Frame.data(body.getBytes(UTF_8)), verdict, context);
    }
}
