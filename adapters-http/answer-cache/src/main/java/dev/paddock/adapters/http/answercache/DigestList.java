package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.wire.TypedRequest;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Reads the digests of a server's models. */
final class DigestList {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_LIST = 16 << 20;

    private final ExchangePort port;
    private final TypedRequest<List<ModelSummary>> models;
    private final Ticker ticker;
    private final Cancellation cancellation;

    DigestList(ExchangePort port, TypedRequest<List<ModelSummary>> models, Ticker ticker, Cancellation cancellation) {
        this.port = port;
        this.models = models;
        this.ticker = ticker;
        this.cancellation = cancellation;
    }

    /**
     * Returns the digests by the canonical names of the models, or null when the list cannot be read.
     *
     * @param loop the event loop on which a connection is opened if there is none, or null for any
     */
    @Nullable Map<String, String> read(@Nullable Executor loop) {
        CallContext context = CallContext.within(LIMIT, ticker).withCancellation(cancellation);
        CallContext onLoop = loop == null ? context : context.with(CallAttributes.EVENT_LOOP, loop);
        try (Exchange exchange = port.open(models.request(), onLoop)) {
            return exchange.head().isSuccess() ? digests(models.decoder().apply(body(exchange))) : null;
        } catch (LlmException unreachable) {
            return null; // the calls of this client report why
        }
    }

    /** Returns the body of an answer; the rest of a very long one is missing. */
    static byte[] body(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = exchange.next(); frame != null && body.size() < LONGEST_LIST; frame = exchange.next()) {
            body.writeBytes(frame.bytes());
        }
        return body.toByteArray();
    }

    /** Names that differ only in case are taken for one model, whose digest changes with each of theirs. */
    private static Map<String, String> digests(List<ModelSummary> list) {
        Map<String, String> digests = new HashMap<>();
        for (ModelSummary model : list) {
            if (!model.digest().isEmpty()) {
                digests.merge(ModelName.canonical(model.name()), model.digest(), (one, other) -> one + "+" + other);
            }
        }
        return digests;
    }
}
