package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.OperationClass;
import java.util.ArrayList;
import java.util.List;

/** What is known of one answer: its head, and the verdict on it as far as it has been read. */
final class AnswerReading {

    private static final int MOST_BYTES_JUDGED = 64 * 1024;

    private final ExchangeRequest request;
    private final ExchangeHead head;
    private final AnswerClassifier classifier;
    private final List<byte[]> body = new ArrayList<>(1); // its beginning, confined to the pulling thread
    private int size; // of the parts in it, confined likewise
    private volatile AnswerVerdict verdict;

    AnswerReading(ExchangeRequest request, ExchangeHead head, AnswerClassifier classifier) {
        this.request = request;
        this.head = head;
        this.classifier = classifier;
        this.verdict = head.isSuccess() ? AnswerVerdict.OK : classifier.classify(request, head, body());
    }

    ExchangeHead head() {
        return head;
    }

    AnswerVerdict verdict() {
        return verdict;
    }

    /** Notes a part of a document. The body of an error is judged again with each of its parts. */
    void read(Frame part) {
        boolean isError = !head.isSuccess();
        if (size < MOST_BYTES_JUDGED && (isError || request.operation().operationClass() == OperationClass.GENERATE)) {
            body.add(part.bytes());
            size += part.bytes().length;
            verdict = isError ? classifier.classify(request, head, body()) : verdict;
        }
    }

    /** Notes the end of a document: with the status of a success it may still report an error. */
    void ended() {
        if (head.isSuccess()
                && size > 0
                && size < MOST_BYTES_JUDGED
                && CompletionTracker.failureIn(body(), head.provenance().backend().value())
                        instanceof GenerationFailedException failure) {
            failed(failure);
        }
    }

    /** Returns the beginning of the document: an array of it if it came in one part. */
    private byte[] body() {
        if (body.size() == 1 && size <= MOST_BYTES_JUDGED) {
            return body.getFirst();
        }
        byte[] all = new byte[Math.min(size, MOST_BYTES_JUDGED)];
        int count = 0;
        for (byte[] part : body) {
            int length = Math.min(part.length, all.length - count);
            System.arraycopy(part, 0, all, count, length);
            count += length;
        }
        return all;
    }

    /** Notes that the server reports a failure inside the answer. */
    void failed(GenerationFailedException failure) {
        verdict = classifier.classifyFailure(request, failure);
    }
}
