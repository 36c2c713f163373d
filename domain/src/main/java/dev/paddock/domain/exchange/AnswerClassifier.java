package dev.paddock.domain.exchange;

import dev.paddock.domain.error.GenerationFailedException;

/**
 * Determines what the answers of a kind of server mean; each dialect has one. Implementations are stateless and thread-safe, and never
 * throw because of what a server sends.
 */
public interface AnswerClassifier {

    /**
     * Returns what an answer means.
     *
     * @param request the request, with its operation and its model
     * @param head the status and the headers of the answer
     * @param body the body as far as it has been read, not more than 64 KiB; empty for a status of success, whose frames are judged one
     *     by one
     */
    AnswerVerdict classify(ExchangeRequest request, ExchangeHead head, byte[] body);

    /**
     * Returns what a failure means that the server reports inside an answer with a status of success.
     *
     * @param request the request, with its operation and its model
     * @param failure the failure, with the report of the server
     */
    AnswerVerdict classifyFailure(ExchangeRequest request, GenerationFailedException failure);
}
