package dev.paddock.adapters.http.answercache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** A model server in the process: its answers name the digest of the model and count the calls. */
final class StubServer implements ExchangePort {

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>(); // by path
    private final Queue<Function<Answer, Answer>> faults = new ConcurrentLinkedQueue<>(); // for the next answers of a model
    private final Queue<ExchangeRequest> requests = new ConcurrentLinkedQueue<>();
    private volatile String digest = "A";
    private volatile Runnable onTags = () -> {};
    private volatile Runnable onAnswer = () -> {};
    private volatile BooleanSupplier ready = () -> false;
    private volatile Thread begunBy;

    int calls(String path) {
        return calls.computeIfAbsent(path, first -> new AtomicInteger()).get();
    }

    List<ExchangeRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests that have arrived, but not their number. */
    void forget() {
        requests.clear();
    }

    void digest(String newDigest) {
        digest = newDigest;
    }

    String digest() {
        return digest;
    }

    void onTags(Runnable action) {
        onTags = action;
    }

    void onAnswer(Runnable action) {
        onAnswer = action;
    }

    /** Sets what all answers say about their next frame. */
    void ready(BooleanSupplier newReady) {
        ready = newReady;
    }

    /** Returns the thread that began the latest request of those that were begun. */
    Thread begunBy() {
        return begunBy;
    }

    /** Changes the next answer of a model. */
    void fault(Function<Answer, Answer> fault) {
        faults.add(fault);
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        requests.add(request);
        int number = calls.computeIfAbsent(request.target(), first -> new AtomicInteger()).incrementAndGet();
        Answer answer = switch (request.target()) {
            case "/api/tags" -> {
                String listed = digest; // while the list is on its way, the model may change
                onTags.run();
                yield document("{\"models\":[{\"name\":\"m:latest\",\"digest\":\"" + listed + "\"}]}");
            }
            case "/api/embed" -> document("{\"model\":\"m\",\"embeddings\":[[0.1,0.2]],\"prompt_eval_count\":3}");
            case "/api/pull" -> document("{\"status\":\"success\"}");
            default -> generated(request, number);
        };
        if (request.target().equals("/api/tags")) {
            return answer.open(context, ready);
        }
        onAnswer.run();
        Function<Answer, Answer> fault = faults.poll();
        return (fault == null ? answer : fault.apply(answer)).open(context, ready);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        begunBy = Thread.currentThread();
        end.accept(Settled.by(() -> open(request, context)));
    }

    private Answer generated(ExchangeRequest request, int number) {
        String text = digest + number;
        boolean isChat = request.target().endsWith("chat");
        String body = isChat ? "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}" : "\"response\":\"%s\"";
        String end = ",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":3,\"eval_count\":5}";
        if (!request.isStream()) {
            return document("{\"model\":\"m\"," + body.formatted(text) + end);
        }
        List<Frame> frames = new ArrayList<>();
        for (char character : text.toCharArray()) {
            frames.add(line("{\"model\":\"m\"," + body.formatted(character) + ",\"done\":false}"));
        }
        frames.add(line("{\"model\":\"m\"," + body.formatted("") + end).asTerminal());
        return new Answer(200, Headers.of("Content-Type", "application/x-ndjson"), Framing.LINES, frames, null, AnswerVerdict.OK);
    }

    static Frame line(String json) {
        byte[] bytes = (json + "\n").getBytes(UTF_8);
        return Frame.data(bytes, 0, bytes.length - 1);
    }

    static Answer document(String json) {
        return new Answer(
                200,
                Headers.of("Content-Type", "application/json").with("Date", "yesterday").with("X-Request-Id", "1"),
                Framing.DOCUMENT,
                List.of(Frame.data(json.getBytes(UTF_8))),
                null,
                AnswerVerdict.OK);
    }

    /** An answer before it is sent. */
    record Answer(
            int status, Headers headers, Framing framing, List<Frame> frames, LlmException failure, AnswerVerdict verdict) {

        Answer withStatus(int newStatus) {
            return new Answer(newStatus, headers, framing, frames, failure, AnswerVerdict.ofStatus(newStatus));
        }

        Answer withHeader(String name, String value) {
            return new Answer(status, headers.with(name, value), framing, frames, failure, verdict);
        }

        Answer ofKnownLength() {
            return withHeader("Content-Length", String.valueOf(frames.stream().mapToInt(frame -> frame.bytes().length).sum()));
        }

        Answer withVerdict(AnswerVerdict newVerdict) {
            return new Answer(status, headers, framing, frames, failure, newVerdict);
        }

        Answer failingAfter(int count, LlmException reason) {
            return new Answer(status, headers, framing, frames.subList(0, count), reason, verdict);
        }

        Answer withFrames(List<Frame> newFrames) {
            return new Answer(status, headers, framing, newFrames, failure, verdict);
        }

        private Exchange open(CallContext context, BooleanSupplier ready) {
            Queue<Frame> left = new ArrayDeque<>(frames);
            return new Exchange() {
                private volatile boolean closed;

                @Override
                public ExchangeHead head() {
                    return new ExchangeHead(status, headers, framing, Provenance.of(new BackendId("http://a:1"), 1, false));
                }

                @Override
                public boolean isReady() {
                    return ready.getAsBoolean();
                }

                @Override
                public Frame next() {
                    if (closed || context.cancellation().isCancelled()) {
                        throw new CallCancelledException("cancelled", ErrorFacts.NONE);
                    }
                    if (left.isEmpty() && failure != null) {
                        throw failure;
                    }
                    return left.poll();
                }

                @Override
                public AnswerVerdict verdict() {
                    return verdict;
                }

                @Override
                public void close() {
                    closed = !left.isEmpty();
                }
            };
        }
    }
}
