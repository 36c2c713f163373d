package dev.paddock.domain.telemetry;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;

/** Reads what may be shown of requests and answers. Implementations are thread-safe and never throw because of what they read. */
public interface InferenceReader {

    /** Returns the name of the API that a request belongs to: {@code ollama}, {@code openai} or {@code anthropic}. */
    String provider(ExchangeRequest request);

    /** Returns the settings of a request; empty when it cannot be read. */
    InferenceSettings settings(ExchangeRequest request);

    /**
     * Begins to read an answer.
     *
     * @param framing how it is divided into frames
     */
    AnswerFactsReader answer(Framing framing);

    /**
     * Begins to read only the tokens of an answer, which costs less. Further facts may be missing.
     *
     * @param framing how it is divided into frames
     */
    default AnswerFactsReader tokens(Framing framing) {
        return answer(framing);
    }
}
