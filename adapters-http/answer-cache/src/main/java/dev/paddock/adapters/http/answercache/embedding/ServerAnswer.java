package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.adapters.http.wire.embedding.EmbeddingAnswer;
import dev.paddock.adapters.http.wire.embedding.EmbeddingFormat;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.ports.exchange.ExchangePort;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What came of a request to embed texts. */
sealed interface ServerAnswer {

    /** The longest answer that is read: as long as a typed caller accepts. */
    int LONGEST = 1 << 30;

    /**
     * An answer that was read to its end.
     *
     * @param head its head
     * @param document its body
     * @param verdict what it means
     * @param cut its vectors, or null if it has none that can be read
     */
    record Read(ExchangeHead head, Frame document, AnswerVerdict verdict, @Nullable EmbeddingAnswer cut) implements ServerAnswer {

        /** Returns the answer with its vectors if it has one for each of so many texts, else null. */
        @Nullable EmbeddingAnswer vectors(int texts) {
            return cut != null && cut.vectors().size() == texts ? cut : null;
        }

        /** Returns whether the server refuses the request because of its size. */
        boolean isTooLarge() {
            return ServerAnswer.isTooLarge(head);
        }

        /** Returns whether one of the texts may be the reason for an error. */
        boolean mayBeCausedByText() {
            boolean isOfRequest = head.status() == 400 || head.status() == 500 || isTooLarge();
            return head.isSuccess() || (isOfRequest && (verdict == AnswerVerdict.CLIENT_ERROR || isServerFault()));
        }

        boolean isServerFault() {
            return verdict == AnswerVerdict.MODEL_FAILED || verdict == AnswerVerdict.SERVER_FAILED;
        }
    }

    /**
     * No answer.
     *
     * @param reason a failure, or a defect
     */
    record Failed(Throwable reason) implements ServerAnswer {}

    /** Returns whether a server refuses a request because of its size. */
    static boolean isTooLarge(ExchangeHead head) {
        return head.status() == 413 || head.status() == 422;
    }

    /** Sends a request and reads its answer; never throws. */
    static ServerAnswer to(Supplier<ExchangeRequest> request, CallContext context, EmbeddingFormat format, ExchangePort port) {
        try (Exchange exchange = port.open(request.get(), context)) {
            return read(exchange, format);
        } catch (RuntimeException | Error failure) {
            return new Failed(failure);
        }
    }

    /** Reads an answer to its end. */
    static Read read(Exchange exchange, EmbeddingFormat format) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
            if (frame.bytes().length > LONGEST - body.size()) {
                MalformedResponseException tooLong =
                        new MalformedResponseException("the answer is longer than " + LONGEST + " bytes", ErrorFacts.NONE);
                exchange.reject(tooLong);
                throw tooLong;
            }
            body.writeBytes(frame.bytes());
        }
        return of(exchange, body.toByteArray(), format);
    }

    /** Returns the answer with a document that was read. */
    static Read of(Exchange exchange, byte[] document, EmbeddingFormat format) {
        boolean isAnswer = exchange.head().isSuccess() && exchange.verdict() == AnswerVerdict.OK;
        return new Read(
                exchange.head(), Frame.data(document), exchange.verdict(), isAnswer ? EmbeddingAnswer.cut(format, document) : null);
    }
}
