package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.adapters.http.answercache.embedding.EmbeddingFlight.VectorSink;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingGroup.Departure;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the texts of calls: those of one call in its own thread and context, collected ones in a thread of theirs. Thread-safe. */
final class EmbeddingSender {

    private static final int SHARE_OF_HEAP = 16;

    /** The most bytes of an answer that is held in memory where it need not be. */
    static final int LONGEST_BUFFERED = (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final ExchangePort port;
    private final MetricsPort metrics;
    private final VectorSink sink;

    EmbeddingSender(ExchangePort port, MetricsPort metrics, VectorSink sink) {
        this.port = port;
        this.metrics = metrics;
        this.sink = sink;
    }

    /**
     * Sends the texts of a call, and returns when they have been answered.
     *
     * @return the answer, if it is one to the unchanged request; null if the call has its vectors, or its failure
     */
    @Nullable Exchange send(EmbeddingCall call, EmbeddingGroup group, Departure departure) {
        EmbeddingFlight flight = new EmbeddingFlight(port, group, metrics, departure.calls(), call.context(), sink);
        count(departure);
        if (call.isWhole() && departure.texts() <= group.arrayLimit()) {
            return sendAsItIs(call, flight, group, departure);
        }
        fly(flight, group, departure);
        return null;
    }

    private @Nullable Exchange sendAsItIs(EmbeddingCall call, EmbeddingFlight flight, EmbeddingGroup group, Departure departure) {
        BufferedExchange buffered = null;
        boolean isWanted = false; // whether the answer may have vectors that are of use here
        try {
            metrics.count(BatchMetrics.TEXTS.with(), departure.texts());
            buffered = new BufferedExchange(port.open(call.input().request(), call.context()));
            boolean isRefusedArray = ServerAnswer.isTooLarge(buffered.head()) && departure.texts() > 1;
            isWanted = (buffered.head().isSuccess() || isRefusedArray) && buffered.readAhead(LONGEST_BUFFERED);
        } catch (RuntimeException | Error failure) {
            if (buffered != null) {
                buffered.close();
            }
            throw failure;
        } finally {
            returned(group, departure, isWanted && buffered != null && buffered.head().isSuccess());
        }
        if (!isWanted) {
            return buffered;
        }
        ServerAnswer.Read read = ServerAnswer.of(buffered, buffered.bytes(), call.input().format());
        flight.resolve(flight.texts(), read);
        // What the server says of parts of the request need not be better; then the caller judges its answer.
        boolean isMade = flight.hasResent() && (call.failure() == null || !read.head().isSuccess());
        return isMade ? null : buffered;
    }

    private void fly(EmbeddingFlight flight, EmbeddingGroup group, Departure departure) {
        List<String> texts = flight.texts();
        if (texts.size() > group.arrayLimit()) {
            try {
                flight.fly(texts);
            } finally {
                returned(group, departure, false);
            }
            return;
        }
        ServerAnswer answer = flight.send(texts);
        returned(group, departure, answer instanceof ServerAnswer.Read read && read.vectors(texts.size()) != null);
        flight.resolve(texts, answer);
    }

    /** Reports the return of a request, and sends what was collected meanwhile. */
    private void returned(EmbeddingGroup group, Departure departure, boolean isAnswered) {
        launch(group, group.returned(departure, isAnswered));
    }

    /** Sends what was collected if the request in progress takes much longer than usual: it may be lost. */
    void sendOverdue(EmbeddingGroup group) {
        launch(group, group.overdue());
    }

    private void launch(EmbeddingGroup group, List<Departure> departures) {
        for (Departure departure : departures) {
            Thread.ofVirtual().name("paddock-embedding").start(() -> flyTogether(group, departure));
        }
    }

    private void flyTogether(EmbeddingGroup group, Departure departure) {
        List<EmbeddingCall> calls = departure.calls();
        try {
            EmbeddingFlight flight = new EmbeddingFlight(port, group, metrics, calls, EmbeddingFlight.contextOf(calls), sink);
            flight.watchCallers();
            count(departure);
            fly(flight, group, departure);
        } catch (RuntimeException | Error defect) {
            calls.forEach(call -> call.fail(new ServerAnswer.Failed(defect), calls.size() > 1));
        }
    }

    private void count(Departure departure) {
        metrics.count(BatchMetrics.REQUESTS.with(departure.end().label(), sizeClass(departure.texts())), 1);
    }

    /** Returns the bounded label of a number of texts. */
    private static String sizeClass(int texts) {
        return texts == 1 ? "1" : texts < 8 ? "2-7" : texts < 32 ? "8-31" : texts < 128 ? "32-127" : "128-";
    }
}
