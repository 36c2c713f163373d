package dev.paddock.domain.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import java.util.Set;

/**
 * One of several model servers, as it is configured.
 *
 * @param id its name, which no other one has
 * @param baseUrl where it is
 * @param hasNativeApi whether it has Ollama's own API besides that of OpenAI; without it, it gets no request below {@code /api/}
 * @param weight how much work it gets compared with others of the same speed, positive
 * @param slots answers that it gives at the same time for one model; 0 when that is to be learned
 * @param labels what aliases select it by
 */
public record Backend(BackendId id, BaseUrl baseUrl, boolean hasNativeApi, double weight, int slots, Set<String> labels) {

    public Backend {
        requireNonNull(id, "id");
        requireNonNull(baseUrl, "baseUrl");
        labels = Set.copyOf(labels);
        if (!(weight > 0 && weight <= 1e6)) {
            throw new InvalidRequestException("the weight of a backend must be positive, not " + weight, ErrorFacts.NONE);
        }
        if (slots < 0) {
            throw new InvalidRequestException("the slots of a backend must be 0 (to be learned) or more, not " + slots, ErrorFacts.NONE);
        }
    }
}
