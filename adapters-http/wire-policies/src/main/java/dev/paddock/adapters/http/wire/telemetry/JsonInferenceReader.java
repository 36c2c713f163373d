package dev.paddock.adapters.http.wire.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.telemetry.AnswerFactsReader;
import dev.paddock.domain.telemetry.InferenceReader;
import dev.paddock.domain.telemetry.InferenceSettings;

/** Reads the requests and answers of the APIs of Ollama, OpenAI and Anthropic. Thread-safe. */
public final class JsonInferenceReader implements InferenceReader {

    private static final String NATIVE_PATHS = "/api/";
    private static final String ANTHROPIC_PATH = "/v1/messages";
    private static final String COUNT_OF_OLLAMA = "eval_count\"";
    private static final String COUNT_OF_OTHERS = "_tokens\"";

    @Override
    public String provider(ExchangeRequest request) {
        return request.target().startsWith(NATIVE_PATHS)
                ? "ollama"
                : request.target().startsWith(ANTHROPIC_PATH) ? "anthropic" : "openai";
    }

    @Override
    public InferenceSettings settings(ExchangeRequest request) {
        boolean isReadable = request.operation().operationClass().runsModel() && request.body().isInMemory();
        return isReadable ? RequestSettings.in(request.body()) : InferenceSettings.NONE;
    }

    @Override
    public AnswerFactsReader answer(Framing framing) {
        return framing == Framing.DOCUMENT ? new DocumentFactsReader() : new StreamFactsReader(frame -> true);
    }

    @Override
    public AnswerFactsReader tokens(Framing framing) {
        return framing == Framing.DOCUMENT ? new DocumentFactsReader() : new StreamFactsReader(JsonInferenceReader::mayCount);
    }

    /** Returns whether a frame may have counts: a search costs a fraction of parsing, and most frames have none. */
    private static boolean mayCount(Frame frame) {
        String text = new String(frame.bytes(), frame.contentOffset(), frame.contentLength(), ISO_8859_1);
        return text.contains(COUNT_OF_OLLAMA) || text.contains(COUNT_OF_OTHERS);
    }
}
