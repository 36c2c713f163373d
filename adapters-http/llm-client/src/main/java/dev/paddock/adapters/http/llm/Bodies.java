package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads bodies that are decoded as a whole. */
final class Bodies {

    /** The longest body of an answer whose values may be free-form, in bytes. */
    static final int USUAL_LIMIT = 64 << 20;

    /** The longest body of an answer with vectors, in bytes. */
    static final int VECTOR_LIMIT = 1 << 30;

    /** The most bytes of a document that reports an error. */
    static final int MOST_ERROR_BYTES = 64 << 10;

    private Bodies() {}

    /**
     * Returns the whole body, with the exchange complete.
     *
     * @throws TruncatedResponseException if there is none
     * @throws MalformedResponseException if it is longer than allowed
     */
    static byte[] read(Exchange exchange, int longest) {
        return read(exchange, exchange.next(), longest);
    }

    /** Returns the whole body, whose first frame has been read, with the exchange complete; otherwise the same. */
    static byte[] read(Exchange exchange, @Nullable Frame first, int longest) {
        if (first == null) {
            throw new TruncatedResponseException("the answer has no body", ErrorFacts.NONE);
        }
        Frame second = exchange.next();
        if (second == null) {
            return first.bytes();
        }
        List<byte[]> pieces = new ArrayList<>(List.of(first.bytes()));
        long size = first.bytes().length;
        boolean ended = first.isTerminal();
        for (Frame frame = second; frame != null; frame = exchange.next()) {
            if (ended) {
                continue; // what follows the terminal frame is no part of the answer
            }
            size += frame.bytes().length;
            if (size > longest) {
                throw new MalformedResponseException(
                        "the answer is longer than " + longest + " bytes", ErrorFacts.NONE);
            }
            pieces.add(frame.bytes());
            ended = frame.isTerminal();
        }
        ByteBuffer body = ByteBuffer.allocate((int) size);
        pieces.forEach(body::put);
        return body.array();
    }

    /**
     * Returns the server's own error text, empty when it has none. A body of up to 64 KiB is read to its end, so that the connection can
     * be reused; of a longer or truncated one the beginning is enough, because the status states the failure.
     *
     * @throws LlmException if the caller cancelled the call or closed the client meanwhile
     */
    static String readErrorText(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (Frame frame = exchange.next(); frame != null && body.size() < MOST_ERROR_BYTES; frame = exchange.next()) {
                body.write(frame.bytes(), 0, Math.min(frame.bytes().length, MOST_ERROR_BYTES - body.size()));
            }
        } catch (CallCancelledException | ClientClosedException stopped) {
            throw stopped;
        } catch (GenerationFailedException failure) {
            return Objects.requireNonNullElse(failure.getMessage(), ""); // a decorator has read it already
        } catch (LlmException broken) {
            return ErrorBodyParser.message(body.toByteArray(), "");
        }
        return ErrorBodyParser.message(body.toByteArray(), "");
    }
}
