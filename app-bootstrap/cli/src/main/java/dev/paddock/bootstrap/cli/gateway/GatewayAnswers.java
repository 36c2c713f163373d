package dev.paddock.bootstrap.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.FailureAdvice;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.gateway.AnswerOutput.AnswerPart;
import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a gateway questions about its documents. */
final class GatewayAnswers {

    private static final String WHOLE = "/api/query";
    private static final String STREAMED = "/api/stream_query";
    private static final String WITHOUT_DOCUMENTS = "Does the gateway have documents ('paddock serve --documents DIR')?";

    private final Session session;

    GatewayAnswers(Session session) {
        this.session = requireNonNull(session, "session");
    }

    /**
     * Returns the whole answer.
     *
     * @throws CommandFailedException if there is none
     */
    JsonObject answer(Map<String, Object> question) {
        ExchangeRequest request = request(WHOLE, question);
        return call(request, exchange -> {
            JsonObject answer = parsed(body(exchange));
            if (answer.text("answer") == null) {
                throw new MalformedResponseException("the answer is not that of a gateway", facts(exchange));
            }
            return answer;
        });
    }

    /**
     * Passes the parts of an answer on as they arrive, to its end.
     *
     * @throws CommandFailedException if there is no complete answer
     */
    void stream(Map<String, Object> question, Consumer<AnswerPart> parts) {
        ExchangeRequest request = request(STREAMED, question).withHeaders(Headers.of("Accept", "text/event-stream")
                .with("Content-Type", "application/json"));
        boolean unused = call(request, exchange -> {
            EventCutter events = new EventCutter();
            boolean isDone = false;
            for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
                events.add(frame.bytes());
                for (AnswerPart part = events.next(); part != null; part = events.next()) {
                    if (part.kind().equals("error")) {
                        throw failure(part.fields(), exchange);
                    }
                    isDone |= part.kind().equals(AnswerPart.DONE);
                    parts.accept(part);
                }
            }
            if (!isDone) {
                throw new TruncatedResponseException("the answer of the gateway ended before it was complete", facts(exchange));
            }
            return true;
        });
    }

    private static ExchangeRequest request(String path, Map<String, Object> question) {
        return ExchangeRequest.post(Operation.OTHER, path, PlainJson.toText(question).getBytes(UTF_8));
    }

    private <T> T call(ExchangeRequest request, AnswerReader<T> reader) {
        try (Exchange exchange = session.exchange().open(request, session.newCall())) {
            if (!exchange.head().isSuccess()) {
                throw failure(parsed(body(exchange)), exchange);
            }
            return reader.read(exchange);
        } catch (LlmException failure) {
            throw new CommandFailedException(failure, advice(failure));
        }
    }

    @FunctionalInterface
    private interface AnswerReader<T> {

        T read(Exchange exchange);
    }

    /** Returns the failure that a gateway reports: its own have a message, those of access control are the error. */
    private static LlmException failure(JsonObject report, Exchange exchange) {
        Number stated = report.number("status");
        int status = stated == null ? exchange.head().status() : stated.intValue();
        String message = report.text("message") == null ? report.text("error") : report.text("message");
        String text = (message == null ? "the gateway failed" : message) + " (status " + status + ")";
        ErrorFacts facts = facts(exchange).withStatus(status);
        return switch (status) {
            case 401, 403 -> new AuthenticationException(text, facts);
            case 429 -> new RateLimitedException(text, facts);
            case 503 -> new ServerBusyException(text, facts);
            default -> status < 500 ? new InvalidRequestException(text, facts) : new ServerFailedException(text, facts);
        };
    }

    private static String advice(LlmException failure) {
        Integer status = failure.facts().status();
        return switch (failure.kind()) {
            // A gateway without documents takes the path for an unknown one, which only its operator may send.
            case AUTHENTICATION -> GatewayQuery.advice(failure) + (GatewayQuery.isForbidden(failure) ? " " + WITHOUT_DOCUMENTS : "");
            case BACKEND_UNAVAILABLE -> GatewayQuery.advice(failure);
            case INVALID_REQUEST, MALFORMED_RESPONSE -> status != null && status == 400 ? FailureAdvice.of(failure) : WITHOUT_DOCUMENTS;
            default -> FailureAdvice.of(failure);
        };
    }

    private static ErrorFacts facts(Exchange exchange) {
        return ErrorFacts.NONE
                .withBackend(exchange.head().provenance().backend())
                .withAttempts(exchange.head().provenance().attempts())
                .withStatus(exchange.head().status());
    }

    private static String body(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
            body.writeBytes(frame.bytes());
        }
        return body.toString(UTF_8);
    }

    private static JsonObject parsed(String text) {
        try {
            return JsonObject.of(PlainJson.fromText(text));
        } catch (IllegalArgumentException notJson) {
            return JsonObject.of(null);
        }
    }

    /** Cuts the bytes of a stream into the events of a gateway, which have a name and one line of data. */
    private static final class EventCutter {

        private static final String NAME = "event: ";
        private static final String DATA = "data: ";

        private byte[] unread = {};

        void add(byte[] bytes) {
            byte[] all = Arrays.copyOf(unread, unread.length + bytes.length);
            System.arraycopy(bytes, 0, all, unread.length, bytes.length);
            unread = all;
        }

        /** Returns the next event, or null when more bytes are needed. */
        @Nullable AnswerPart next() {
            int end = 0;
            while (end + 1 < unread.length && !(unread[end] == '\n' && unread[end + 1] == '\n')) {
                end++;
            }
            if (end + 1 >= unread.length) {
                return null;
            }
            String event = new String(unread, 0, end, UTF_8);
            unread = Arrays.copyOfRange(unread, end + 2, unread.length);
            String name = "";
            String data = "";
            for (String line : event.split("\n", -1)) {
                name = line.startsWith(NAME) ? line.substring(NAME.length()) : name;
                data = line.startsWith(DATA) ? line.substring(DATA.length()) : data;
            }
            return new AnswerPart(name, parsed(data));
        }
    }
}
