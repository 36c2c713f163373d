package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes calls; an answer that is no success becomes a typed failure. Thread-safe. */
final class ExchangeCaller {

    private static final String PAGE = "text/html";

    private final ExchangePort exchanges;

    ExchangeCaller(ExchangePort exchanges) {
        this.exchanges = exchanges;
    }

    /** Returns what the decoder makes of the whole body, which may be of any length up to 64 MiB. */
    <A> A call(ExchangeRequest request, CallContext context, Function<byte[], A> decoder) {
        return call(request, context, Bodies.USUAL_LIMIT, decoder);
    }

    /** Returns what the decoder makes of the whole body, which may have the given number of bytes. */
    <A> A call(ExchangeRequest request, CallContext context, int longestBody, Function<byte[], A> decoder) {
        try (Exchange exchange = open(request, context)) {
            return decode(exchange, longestBody, decoder);
        }
    }

    /** Makes a call whose success has no content. */
    void run(ExchangeRequest request, CallContext context) {
        try (Exchange exchange = open(request, context)) {
            Frame first = exchange.next();
            if (first != null) {
                decode(exchange, () -> {
                    requireNoFailure(Bodies.read(exchange, first, Bodies.USUAL_LIMIT), exchange);
                    return true;
                });
            }
        }
    }

    /** Returns the whole answer of a model; an answer that is streamed although that was not asked for is assembled. */
    <C, A> A generate(ExchangeRequest request, CallContext context, WholeAnswer<C, A> answer) {
        try (Exchange exchange = open(request, context)) {
            return answer.read(exchange);
        }
    }

    /** Returns an answer with the status of a success, to be closed by the caller. */
    Exchange open(ExchangeRequest request, CallContext context) {
        Exchange exchange = exchanges.open(request, context);
        try {
            Consumer<Provenance> listener = context.get(CallAttributes.ON_PROVENANCE);
            if (listener != null) {
                listener.accept(exchange.head().provenance());
            }
            requireSuccess(request, exchange);
            return isLabelledAsPage(exchange.head()) ? BegunExchange.withData(exchange) : exchange;
        } catch (MalformedResponseException page) {
            exchange.reject(page);
            throw page;
        } catch (RuntimeException | Error failure) {
            exchange.close();
            throw failure;
        }
    }

    /** Returns the facts, with those of the head where they are unknown. */
    static ErrorFacts complete(ErrorFacts facts, ExchangeHead head) {
        ErrorFacts withStatus = facts.status() == null ? facts.withStatus(head.status()) : facts;
        ErrorFacts withBackend =
                facts.backend() == null ? withStatus.withBackend(head.provenance().backend()) : withStatus;
        return facts.attempts() == 0 ? withBackend.withAttempts(head.provenance().attempts()) : withBackend;
    }

    /** Decodes an answer. One that cannot be decoded is rejected before it is closed, because closing reports that all is well. */
    private static <A> A decode(Exchange exchange, int longestBody, Function<byte[], A> decoder) {
        return decode(exchange, () -> {
            byte[] body = Bodies.read(exchange, longestBody);
            requireNoFailure(body, exchange);
            return decoder.apply(body);
        });
    }

    /** Throws if a document reports an error, in whatever form; a longer one than 64 KiB does not. */
    static void requireNoFailure(byte[] document, Exchange exchange) {
        LlmException failure = document.length > Bodies.MOST_ERROR_BYTES
                ? null
                : CompletionTracker.failureIn(document, exchange.head().provenance().backend().value());
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns the decoded answer; the exchange is rejected if that fails. */
    static <A> A decode(Exchange exchange, Supplier<A> decoder) {
        try {
            return decoder.get();
        } catch (LlmException unfinished) {
            LlmException failure = unfinished.withFacts(complete(unfinished.facts(), exchange.head()));
            exchange.reject(failure);
            throw failure;
        }
    }

    private static void requireSuccess(ExchangeRequest request, Exchange exchange) {
        if (!exchange.head().isSuccess()) {
            String text = Bodies.readErrorText(exchange);
            throw AnswerFailures.of(request, exchange.head(), exchange.verdict(), text);
        }
    }

    /** Servers label data as a page, too, because that is what some frameworks do by default. */
    private static boolean isLabelledAsPage(ExchangeHead head) {
        String type = head.headers().first("Content-Type");
        return type != null && type.regionMatches(true, 0, PAGE, 0, PAGE.length());
    }
}
