package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.adapters.http.wire.embedding.EmbeddingAnswer;
import dev.paddock.adapters.http.wire.embedding.EmbeddingInput;
import dev.paddock.adapters.http.wire.embedding.EmbeddingVector;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of some calls on their way to the server and back. A request that fails although its texts may be fit is sent again in halves,
 * down to single texts and within a budget, so that an unfit text does not spoil the others. Each vector is checked before it is given to a
 * call; the text of a doubtful one is sent alone. Confined to one thread.
 */
final class EmbeddingFlight {

    private final ExchangePort port;
    private final EmbeddingGroup group;
    private final MetricsPort metrics;
    private final VectorSink sink;
    private final CallContext context;
    private final EmbeddingInput pattern;
    private final List<EmbeddingCall> calls;
    private final Map<String, List<EmbeddingCall>> callsByText = new LinkedHashMap<>();
    private int budget; // of further requests, so many that each unfit text can be found
    private int faultBudget; // of those because of failures of the server, which are not to be multiplied
    private boolean hasResent;

    /**
     * Creates a flight.
     *
     * @param calls whose texts are sent, at least one
     * @param context the context of its requests
     * @param sink gets the sound vectors
     */
    EmbeddingFlight(
            ExchangePort port, EmbeddingGroup group, MetricsPort metrics, List<EmbeddingCall> calls, CallContext context, VectorSink sink) {
        this.port = port;
        this.group = group;
        this.metrics = metrics;
        this.calls = calls;
        this.context = context;
        this.sink = sink;
        this.pattern = calls.getFirst().input();
        for (EmbeddingCall call : calls) {
            call.toSend().forEach(text -> callsByText.computeIfAbsent(text, first -> new ArrayList<>()).add(call));
        }
        this.budget = 2 * callsByText.size();
        this.faultBudget = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(callsByText.size()));
    }

    /** Takes vectors that may be stored. */
    @FunctionalInterface
    interface VectorSink {

        /** Takes the vector of a text, and the calls that asked for it. */
        void accept(String text, StoredVector vector, List<EmbeddingCall> calls);
    }

    /** Returns a context for the texts of several callers: it lasts as long as the latest of them, and names the calls. */
    static CallContext contextOf(List<EmbeddingCall> calls) {
        Deadline latest = calls.getFirst().context().deadline();
        for (EmbeddingCall call : calls) {
            Deadline deadline = call.context().deadline();
            boolean isLater = latest != null && (deadline == null || deadline.remaining().compareTo(latest.remaining()) > 0);
            latest = isLater ? deadline : latest;
        }
        return calls.getFirst().context().detached().withDeadline(latest)
                .with(CallAttributes.SERVED_CALLS, calls.stream().map(EmbeddingCall::context).toList());
    }

    /** Cancels the request in progress as soon as all its callers have left. */
    void watchCallers() {
        for (EmbeddingCall call : calls) {
            call.onGone(() -> {
                if (calls.stream().noneMatch(EmbeddingCall::isOpen)) {
                    context.cancellation().cancel();
                }
            });
        }
    }

    /** Returns the different texts of all calls. */
    List<String> texts() {
        return List.copyOf(callsByText.keySet());
    }

    /** Returns whether texts were sent again. */
    boolean hasResent() {
        return hasResent;
    }

    /** Sends texts with one request; never throws. */
    ServerAnswer send(List<String> texts) {
        metrics.count(BatchMetrics.TEXTS.with(), texts.size());
        return ServerAnswer.to(() -> pattern.withTexts(texts), context, pattern.format(), port);
    }

    /**
     * Sends texts with as many requests as the server needs, one after the other.
     *
     * @return whether all of them have vectors
     */
    boolean fly(List<String> texts) {
        boolean isComplete = true;
        List<String> left = texts;
        while (!left.isEmpty()) {
            List<String> wanted = left.stream().filter(this::isWanted).toList(); // a failure may have ended some calls
            isComplete &= wanted.size() == left.size();
            List<String> part = wanted.subList(0, Math.min(group.arrayLimit(), wanted.size()));
            isComplete &= part.isEmpty() || resolve(part, send(part));
            left = wanted.subList(part.size(), wanted.size());
        }
        return isComplete;
    }

    /**
     * Gives the vectors of an answer to the calls, or the failure that it is. Sends texts again where that helps.
     *
     * @return whether all texts have vectors
     */
    boolean resolve(List<String> texts, ServerAnswer answer) {
        if (answer instanceof ServerAnswer.Read read) {
            EmbeddingAnswer vectors = read.vectors(texts.size());
            if (vectors != null) {
                return deliver(texts, read, vectors);
            }
            if (texts.size() > 1 && mayHelp(read, texts) && spend(2, read.isServerFault())) {
                return halve(texts, read);
            }
        }
        fail(texts, answer);
        return false;
    }

    /** Returns whether halves may be answered where all texts were not. A text of a caller's own spoils only the call of that caller. */
    private boolean mayHelp(ServerAnswer.Read read, List<String> texts) {
        boolean isOfSeveral = texts.stream().flatMap(text -> callsOf(text).stream()).distinct().count() > 1;
        return read.isTooLarge() || read.head().isSuccess() || (isOfSeveral && read.mayBeCausedByText());
    }

    private boolean halve(List<String> texts, ServerAnswer.Read refused) {
        metrics.count(BatchMetrics.SPLITS.with(), 1);
        hasResent = true;
        int middle = (texts.size() + 1) / 2;
        boolean isComplete = fly(texts.subList(0, middle));
        isComplete &= fly(texts.subList(middle, texts.size()));
        if (isComplete && refused.isTooLarge()) {
            group.limitTo(middle);
        }
        return isComplete;
    }

    private boolean deliver(List<String> texts, ServerAnswer.Read read, EmbeddingAnswer answer) {
        int dimensions = usualDimensions(answer.vectors());
        List<Long> tokens = TokenShares.of(texts, answer.tokens());
        List<String> doubtful = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            EmbeddingVector vector = answer.vectors().get(index);
            String text = texts.get(index);
            boolean isSound = vector.isSound() && vector.dimensions() == dimensions;
            if (!isSound && texts.size() > 1) {
                doubtful.add(text);
                continue;
            }
            StoredVector stored = new StoredVector(
                    vector,
                    tokens.isEmpty() ? null : tokens.get(index),
                    texts.size() > 1,
                    answer.rest(),
                    answer.restLength(),
                    read.head().provenance().backend());
            group.vectorHas(vector.json().length);
            callsOf(text).forEach(call -> call.deliver(text, stored, read.head(), calls.size() > 1));
            if (isSound) {
                sink.accept(text, stored, callsOf(text));
            }
        }
        return sendAlone(doubtful);
    }

    private boolean sendAlone(List<String> doubtful) {
        boolean isComplete = true;
        for (String text : doubtful) {
            if (isWanted(text) && spend(1, false)) {
                metrics.count(BatchMetrics.RESENT.with(), 1);
                hasResent = true;
                isComplete &= resolve(List.of(text), send(List.of(text)));
            } else {
                isComplete = false;
                fail(List.of(text), new ServerAnswer.Failed(new MalformedResponseException(
                        "the server gave a vector with numbers that cannot be used", ErrorFacts.NONE)));
            }
        }
        return isComplete;
    }

    /** Returns the most frequent number of dimensions, or -1 if no other is less frequent. */
    private static int usualDimensions(List<EmbeddingVector> vectors) {
        Map<Integer, Integer> counts = new HashMap<>();
        vectors.forEach(vector -> counts.merge(vector.dimensions(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Integer> usual = counts.entrySet().stream().filter(count -> count.getValue() == most).map(Map.Entry::getKey).toList();
        return usual.size() == 1 ? usual.getFirst() : -1;
    }

    private void fail(List<String> texts, ServerAnswer answer) {
        for (String text : texts) {
            for (EmbeddingCall call : callsOf(text)) {
                call.fail(failureOf(call, texts, answer), calls.size() > 1);
            }
        }
    }

    /** An answer with a success is that of the request that was sent, which may be another one than the caller's. */
    private static ServerAnswer failureOf(EmbeddingCall call, List<String> texts, ServerAnswer answer) {
        boolean isOwn = call.input().texts().equals(texts);
        if (answer instanceof ServerAnswer.Read read && read.head().isSuccess() && !isOwn) {
            int vectors = read.cut() == null ? 0 : read.cut().vectors().size();
            return new ServerAnswer.Failed(new MalformedResponseException(
                    "the server gave " + vectors + " vectors for " + texts.size() + " texts",
                    ErrorFacts.NONE.withStatus(read.head().status()).withBackend(read.head().provenance().backend())));
        }
        return answer;
    }

    /** Takes requests from the budget for their reason, if it has so many. */
    private boolean spend(int requests, boolean isServerFault) {
        int left = (isServerFault ? faultBudget : budget) - requests;
        if (left < 0) {
            return false;
        }
        if (isServerFault) {
            faultBudget = left;
        } else {
            budget = left;
        }
        return true;
    }

    private boolean isWanted(String text) {
        return callsOf(text).stream().anyMatch(EmbeddingCall::isOpen);
    }

    private List<EmbeddingCall> callsOf(String text) {
        return callsByText.getOrDefault(text, List.of());
    }
}
