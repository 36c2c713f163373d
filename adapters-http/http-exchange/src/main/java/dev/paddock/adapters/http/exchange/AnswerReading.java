package dev.paddock.adapters.http.exchange;

import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import java.io.ByteArrayOutputStream;

/** What is known of one answer: its head, and the verdict on it as far as it has been read. */
final class AnswerReading {

    private static final int MOST_BYTES_JUDGED = 64 * 1024;

    private final ExchangeRequest request;
    private final ExchangeHead head;
    private final AnswerClassifier classifier;
    private final ByteArrayOutputStream errorBody = new ByteArrayOutputStream(0); // confined to the pulling thread
    private volatile AnswerVerdict verdict;

    AnswerReading(ExchangeRequest request, ExchangeHead head, AnswerClassifier classifier) {
        this.request = request;
        this.head = head;
        this.classifier = classifier;
        this.verdict = head.isSuccess() ? AnswerVerdict.OK : classifier.classify(request, head, errorBody.toByteArray());
    }

    ExchangeHead head() {
        return head;
    }

    AnswerVerdict verdict() {
        return verdict;
    }

    /** Notes a frame that was read. The body of an error is judged again with each of its parts. */
    void read(Frame frame) {
        int space = MOST_BYTES_JUDGED - errorBody.size();
        if (!head.isSuccess() && space > 0) {
            errorBody.write(frame.bytes(), 0, Math.min(space, frame.bytes().length));
            verdict = classifier.classify(request, head, errorBody.toByteArray());
        }
    }

    /** Notes that the server reports a failure inside the answer. */
    void failed(String message) {
        verdict = classifier.classifyFailure(request, message);
    }
}
