package dev.paddock.adapters.http.gateway.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.relay.FailureResponse;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Why a question is not answered.
 *
 * @param status the HTTP status
 * @param error the kind of the failure
 * @param message what is wrong, without names of servers and files
 * @param fields whether and when to ask again
 */
record QueryFailure(int status, String error, String message, Headers fields) {

    /** The failure of every request to a gateway without documents. */
    static final QueryFailure WITHOUT_DOCUMENTS = new QueryFailure(
            409,
            "no_documents",
            "this gateway was started without documents: use serve --documents, or paddock.documents.folder",
            Headers.EMPTY);

    private static final System.Logger LOGGER = System.getLogger(QueryFailure.class.getName());

    /** Returns the failure of a request that cannot be understood. */
    static QueryFailure invalid(List<String> problems) {
        return new QueryFailure(400, "ValidationError", GatewayEndpoint.sentence(problems), Headers.EMPTY);
    }

    /** Returns the failure of a search or of a model. */
    static QueryFailure of(LlmException failure, RandomGenerator random) {
        FailureResponse response = FailureResponse.of(failure, Operation.CHAT);
        return new QueryFailure(
                response.status(), failure.kind().label(), response.message(), response.fields(failure, random));
    }

    /** Returns the failure of an index, whose own message the log gets: it may have the path of a file. */
    static QueryFailure of(DocumentException failure) {
        String kind = failure.failure().name().toLowerCase(Locale.ROOT);
        if (failure.failure() == DocumentFailure.NOT_READY) {
            return new QueryFailure(503, kind, String.valueOf(failure.getMessage()), Headers.of("Retry-After", "2"));
        }
        log(failure);
        String message = failure.failure() == DocumentFailure.CLOSED ? "the gateway is shutting down" : "the documents cannot be searched";
        return new QueryFailure(503, kind, message, Headers.of("Retry-After", "2"));
    }

    private static void log(DocumentException failure) {
        LOGGER.log(System.Logger.Level.WARNING, "the documents cannot be searched: " + failure.getMessage());
    }

    /** Returns the failure as the body of a response, or as the last event of a stream. */
    Map<String, @Nullable Object> toJson(String requestId) {
        return PlainJson.object("error", error, "message", message, "status", status, "request_id", requestId);
    }

    ServerResponse toResponse(String requestId) {
        List<Header> headers = new ArrayList<>(fields.fields());
        headers.add(new Header("Content-Type", "application/json"));
        headers.add(new Header("Cache-Control", "no-store"));
        return new ServerResponse(status, new Headers(headers), (PlainJson.toText(toJson(requestId)) + "\n").getBytes(UTF_8));
    }
}
