package dev.paddock.adapters.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.OperationClass;
import java.io.ByteArrayOutputStream;

/** What is known of one answer: its head, and the verdict on it as far as it has been read. */
final class AnswerReading {

    private static final int MOST_BYTES_JUDGED = 64 * 1024;

    private final ExchangeRequest request;
    private final ExchangeHead head;
    private final AnswerClassifier classifier;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0); // confined to the pulling thread
    private volatile AnswerVerdict verdict;

    AnswerReading(ExchangeRequest request, ExchangeHead head, AnswerClassifier classifier) {
        this.request = request;
        this.head = head;
        this.classifier = classifier;
        this.verdict = head.isSuccess() ? AnswerVerdict.OK : classifier.classify(request, head, body.toByteArray());
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
        int space = MOST_BYTES_JUDGED - body.size();
        if (space > 0 && (isError || request.operation().operationClass() == OperationClass.GENERATE)) {
            body.write(part.bytes(), 0, Math.min(space, part.bytes().length));
            verdict = isError ? classifier.classify(request, head, body.toByteArray()) : verdict;
        }
    }

    /** Notes the end of a document: with the status of a success it may still report an error. */
    void ended() {
        if (head.isSuccess() && body.size() > 0 && body.size() < MOST_BYTES_JUDGED) {
            byte[] document = body.toByteArray();
            ReportedError error = ReportedError.find(document);
            if (error != null) {
                GenerationFailedException.Report report =
                        new GenerationFailedException.Report(new String(document, UTF_8), error.status(), null);
                failed(new GenerationFailedException(error.message(ErrorBodyParser.UNKNOWN), ErrorFacts.NONE, report));
            }
        }
    }

    /** Notes that the server reports a failure inside the answer. */
    void failed(GenerationFailedException failure) {
        verdict = classifier.classifyFailure(request, failure);
    }
}
