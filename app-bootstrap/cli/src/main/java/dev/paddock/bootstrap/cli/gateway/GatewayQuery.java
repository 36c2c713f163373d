package dev.paddock.bootstrap.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.FailureAdvice;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.function.Predicate;

/** Requests something from a gateway that it answers itself. */
final class GatewayQuery {

    private final Session session;
    private final String path;
    private final Predicate<JsonObject> isExpected;

    /**
     * Creates the query.
     *
     * @param path what to request
     * @param isExpected recognises the answer, which another server would not give
     */
    GatewayQuery(Session session, String path, Predicate<JsonObject> isExpected) {
        this.session = requireNonNull(session, "session");
        this.path = requireNonNull(path, "path");
        this.isExpected = requireNonNull(isExpected, "isExpected");
    }

    /**
     * Returns the current answer.
     *
     * @throws CommandFailedException if the request fails, with advice for a gateway
     */
    JsonObject send() {
        return send(ExchangeRequest.get(Operation.OTHER, path));
    }

    /**
     * Sends a JSON object and returns the answer.
     *
     * @throws CommandFailedException if the request fails, with advice for a gateway
     */
    JsonObject post(Map<String, String> fields) {
        return send(ExchangeRequest.post(Operation.OTHER, path, PlainJson.toText(fields).getBytes(UTF_8)));
    }

    private JsonObject send(ExchangeRequest request) {
        try (Exchange exchange = session.exchange().open(request, session.newCall())) {
            requireSuccess(exchange, request.method().equals("POST"));
            return answerIn(exchange);
        } catch (LlmException failure) {
            throw new CommandFailedException(failure, advice(failure));
        }
    }

    private static void requireSuccess(Exchange exchange, boolean isChange) {
        ExchangeHead head = exchange.head();
        if (head.isSuccess()) {
            return;
        }
        String status = " (status " + head.status() + ")";
        ErrorFacts facts = facts(head);
        throw switch (head.status()) {
            case 401, 403 -> new AuthenticationException((isChange ? refusal(exchange) : "the gateway refused the key") + status, facts);
            case 429 -> new RateLimitedException("the gateway limits the rate of requests" + status, facts);
            default ->
                head.status() < 500
                        ? new InvalidRequestException((isChange ? refusal(exchange) : "the address is not that of a gateway") + status, facts)
                        : new ServerFailedException("the gateway failed" + status, facts);
        };
    }

    /** Returns what the gateway says about a change that it refuses. */
    private static String refusal(Exchange exchange) {
        String said = parsed(body(exchange)).text("error");
        return "the gateway refused the change" + (said == null ? "" : ": " + said);
    }

    private JsonObject answerIn(Exchange exchange) {
        JsonObject answer = parsed(body(exchange));
        if (!isExpected.test(answer)) {
            throw new MalformedResponseException("the answer is not that of a gateway", facts(exchange.head()));
        }
        return answer;
    }

    private static String body(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
            body.writeBytes(frame.bytes());
        }
        return body.toString(UTF_8);
    }

    private static JsonObject parsed(String body) {
        try {
            return JsonObject.of(PlainJson.fromText(body));
        } catch (IllegalArgumentException notJson) {
            return JsonObject.of(null);
        }
    }

    private static ErrorFacts facts(ExchangeHead head) {
        return ErrorFacts.NONE
                .withBackend(head.provenance().backend())
                .withAttempts(head.provenance().attempts())
                .withStatus(head.status());
    }

    /** Returns whether the gateway refuses the request itself, and not its key. */
    static boolean isForbidden(LlmException failure) {
        Integer status = failure.facts().status();
        return status != null && status == 403;
    }

    static String advice(LlmException failure) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE -> "Is a gateway running at this address ('paddock serve')? Name another one with "
                    + GatewayOptions.GATEWAY + " URL.";
            case AUTHENTICATION -> isForbidden(failure)
                    ? "Only the operator of the gateway can allow this."
                    : "Give the key of the gateway with " + GatewayOptions.API_KEY + " or in " + GatewayOptions.KEY_VARIABLE + ".";
            case INVALID_REQUEST, MALFORMED_RESPONSE -> "Is this the address of a Paddock gateway? Name another one with "
                    + GatewayOptions.GATEWAY + " URL.";
            default -> FailureAdvice.of(failure);
        };
    }
}
