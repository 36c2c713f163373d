package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.ollama.OllamaAnswerClassifier;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Determines what the answers of a server mean that speaks OpenAI's dialect. The code of its error object names a missing model whatever
 * the message says; everything else is judged as for Ollama, whose server speaks this dialect too.
 */
enum OpenAiAnswerClassifier implements AnswerClassifier {
    INSTANCE;

    @Override
    public AnswerVerdict classify(ExchangeRequest request, ExchangeHead head, byte[] body) {
        AnswerVerdict verdict = OllamaAnswerClassifier.INSTANCE.classify(request, head, body);
        boolean namesModel = verdict == AnswerVerdict.NOT_FOUND && request.model() != null;
        return namesModel && "model_not_found".equals(code(body)) ? AnswerVerdict.MODEL_MISSING : verdict;
    }

    @Override
    public AnswerVerdict classifyFailure(ExchangeRequest request, GenerationFailedException failure) {
        return OllamaAnswerClassifier.INSTANCE.classifyFailure(request, failure);
    }

    private static Object code(byte[] body) {
        try {
            Object json = PlainJson.fromText(new String(body, StandardCharsets.UTF_8));
            return json instanceof Map<?, ?> map && map.get("error") instanceof Map<?, ?> error && error.get("code") instanceof String code
                    ? code
                    : "";
        } catch (IllegalArgumentException notJson) {
            return "";
        }
    }
}
