package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;

/** Makes requests whose answers are JSON, with the head fields that say so. */
public final class JsonRequests {

    private static final String JSON = "application/json";
    private static final Headers QUERY = Headers.of("Accept", JSON);
    private static final Headers WITH_BODY = Headers.of("Content-Type", JSON);

    private JsonRequests() {}

    /** Returns a request without a body. */
    public static ExchangeRequest get(Operation operation, String target) {
        return ExchangeRequest.get(operation, target).withHeaders(QUERY);
    }

    /** Returns a request with the given fields as its body, to be answered as a whole. */
    public static ExchangeRequest post(Operation operation, String target, JsonWriter.Content fields) {
        return post(operation, target, JSON, fields);
    }

    /** Returns a request with the given fields as its body, to be answered by a body of the given media type. */
    public static ExchangeRequest post(
            Operation operation, String target, String accepted, JsonWriter.Content fields) {
        return ExchangeRequest.post(operation, target, JsonWriter.write(fields))
                .withHeaders(WITH_BODY.with("Accept", accepted));
    }
}
