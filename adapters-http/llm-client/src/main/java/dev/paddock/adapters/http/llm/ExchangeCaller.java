package dev.paddock.adapters.http.llm;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.exchange.ExchangePort;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Function;

/** Makes calls whose answers are a success; any other answer becomes a failure. Thread-safe. */
final class ExchangeCaller {

    private final ExchangePort exchanges;

    ExchangeCaller(ExchangePort exchanges) {
        this.exchanges = exchanges;
    }

    /** Returns what the decoder makes of the whole body. */
    <A> A call(ExchangeRequest request, CallContext context, Function<byte[], A> decoder) {
        return finish(open(request, context), exchange -> decoder.apply(WholeBody.read(exchange)));
    }

    /** Returns what the decoder, which reads to the end, makes of the body while it comes in. */
    <A> A read(ExchangeRequest request, CallContext context, Function<InputStream, A> decoder) {
        return finish(open(request, context), exchange -> decoder.apply(new FrameInputStream(exchange)));
    }

    /** Returns an answer with the status of a success, to be closed by the caller. */
    Exchange open(ExchangeRequest request, CallContext context) {
        Exchange exchange = exchanges.open(request, context);
        try {
            requireSuccess(request, exchange);
            requireData(exchange);
            return exchange;
        } catch (MalformedResponseException page) {
            exchange.reject(page);
            throw page;
        } catch (RuntimeException | Error failure) {
            exchange.close();
            throw failure;
        }
    }

    /** Returns the facts with what the head tells, unless a layer further in knew it better. */
    static ErrorFacts complete(ErrorFacts facts, ExchangeHead head) {
        ErrorFacts withStatus = facts.status() == null ? facts.withStatus(head.status()) : facts;
        ErrorFacts withBackend =
                facts.backend() == null ? withStatus.withBackend(head.provenance().backend()) : withStatus;
        return facts.attempts() == 0 ? withBackend.withAttempts(head.provenance().attempts()) : withBackend;
    }

    private static <A> A finish(Exchange exchange, Function<Exchange, A> reader) {
        try (exchange) {
            return understand(exchange, reader);
        }
    }

    /** Reads an answer; one that cannot be understood is rejected before it is closed, because closing says that all is well. */
    private static <A> A understand(Exchange exchange, Function<Exchange, A> reader) {
        try {
            return reader.apply(exchange);
        } catch (LlmException reason) {
            LlmException failure = reason.withFacts(complete(reason.facts(), exchange.head()));
            exchange.reject(failure);
            throw failure;
        }
    }

    private static void requireSuccess(ExchangeRequest request, Exchange exchange) {
        if (!exchange.head().isSuccess()) {
            String text = ErrorText.read(exchange);
            throw AnswerFailures.of(request, exchange.head(), exchange.verdict(), text);
        }
    }

    private static void requireData(Exchange exchange) {
        ExchangeHead head = exchange.head();
        String type = head.headers().first("Content-Type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            throw new MalformedResponseException(
                    "the server answered with a page (Content-Type text/html) instead of data",
                    complete(ErrorFacts.NONE, head));
        }
    }
}
