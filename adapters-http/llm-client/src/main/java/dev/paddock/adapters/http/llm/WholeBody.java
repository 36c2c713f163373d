package dev.paddock.adapters.http.llm;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads bodies that are understood as a whole. */
final class WholeBody {

    /** The longest body of an answer whose values may be free-form, in bytes. */
    static final int USUAL_LIMIT = 64 << 20;

    /** The longest body of an answer with vectors, in bytes. */
    static final int VECTOR_LIMIT = 1 << 30;

    private WholeBody() {}

    /**
     * Returns the whole body, with the exchange complete.
     *
     * @throws TruncatedResponseException if there is none
     * @throws MalformedResponseException if it is longer than allowed
     */
    static byte[] read(Exchange exchange, int longest) {
        Frame first = exchange.next();
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
}
