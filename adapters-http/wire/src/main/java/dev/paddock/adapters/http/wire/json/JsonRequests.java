package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates requests whose answers are JSON, with the headers that state it. */
public final class JsonRequests {

    /** The media type of one JSON document. */
    public static final String JSON = "application/json";

    /** The media type of lines of JSON. */
    public static final String NDJSON = "application/x-ndjson";

    /** The media type of server-sent events. */
    public static final String EVENTS = "text/event-stream";

    private static final Headers QUERY = Headers.of("Accept", JSON);
    private static final Headers WITH_BODY = Headers.of("Content-Type", JSON);
    private static final Headers WITH_BODY_ANSWERED_AS_A_WHOLE = WITH_BODY.with("Accept", JSON);

    private JsonRequests() {}

    /** Returns a request without a body. */
    public static ExchangeRequest get(Operation operation, String target) {
        return ExchangeRequest.get(operation, target).withHeaders(QUERY);
    }

    /** Returns a request with the given fields as its body, to be answered as a whole. */
    public static ExchangeRequest post(Operation operation, String target, JsonWriter.Content fields) {
        return post(operation, target, JSON, fields);
    }

    /** Returns a request with the given fields as its body, to be answered by a body of the given media type; any but {@link #JSON} is a stream. */
    public static ExchangeRequest post(
            Operation operation, String target, String accepted, JsonWriter.Content fields) {
        ExchangeRequest request = withBody(operation, "POST", target, fields);
        return accepted.equals(JSON) ? request : request.withHeaders(WITH_BODY.with("Accept", accepted)).asStream();
    }

    /** Returns a request of any method with the given fields as its body, to be answered as a whole. */
    public static ExchangeRequest withBody(Operation operation, String method, String target, JsonWriter.Content fields) {
        return ExchangeRequest.create(operation, method, target, JsonWriter.write(fields)).withHeaders(WITH_BODY_ANSWERED_AS_A_WHOLE);
    }

    /**
     * Returns the arguments of a tool call that a request repeats.
     *
     * @throws InvalidRequestException if the call is incomplete, which no server can use
     */
    public static Map<String, @Nullable Object> completeArguments(ToolCall call) {
        if (!call.isComplete()) {
            throw new InvalidRequestException(
                    "the call of the tool " + call.name() + " was cut, so it cannot be sent back: leave it out", ErrorFacts.NONE);
        }
        return call.arguments();
    }
}
