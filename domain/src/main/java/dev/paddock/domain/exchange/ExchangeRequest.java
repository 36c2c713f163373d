package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model server, ready to be sent any number of times. Immutable as long as an array
 * given as the body is not changed: it is not copied.
 */
public final class ExchangeRequest {

    private final Operation operation;
    private final String method;
    private final String target;
    private final RequestBody body;
    private final Headers headers;
    private final @Nullable String model;
    private final boolean defaultHeaders;
    private final boolean stream;

    private ExchangeRequest(
            ExchangeRequest origin, Headers headers, @Nullable String model, boolean defaultHeaders, boolean stream) {
        this.operation = origin.operation;
        this.method = origin.method;
        this.target = origin.target;
        this.body = origin.body;
        this.headers = headers;
        this.model = model;
        this.defaultHeaders = defaultHeaders;
        this.stream = stream;
    }

    private ExchangeRequest(ExchangeRequest origin, RequestBody body) {
        this.operation = origin.operation;
        this.method = origin.method;
        this.target = origin.target;
        this.body = body;
        this.headers = origin.headers;
        this.model = origin.model;
        this.defaultHeaders = origin.defaultHeaders;
        this.stream = origin.stream;
    }

    private ExchangeRequest(Operation operation, String method, String target, RequestBody body) {
        this.operation = requireNonNull(operation, "operation");
        this.method = requireNonNull(method, "method");
        this.target = requireNonNull(target, "target");
        this.body = requireNonNull(body, "body");
        this.headers = Headers.EMPTY;
        this.model = null;
        this.defaultHeaders = true;
        this.stream = false;
        if (!isMethod(method)) {
            throw new InvalidRequestException("a method consists of letters", ErrorFacts.NONE);
        }
        if (!isTarget(target)) {
            throw new InvalidRequestException("a request target begins with a slash and is ASCII", ErrorFacts.NONE);
        }
    }

    // Loops instead of streams: they run for every request.
    private static boolean isMethod(String method) {
        for (int index = 0; index < method.length(); index++) {
            if (!Character.isLetter(method.charAt(index))) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    private static boolean isTarget(String target) {
        for (int index = 0; index < target.length(); index++) {
            if (target.charAt(index) <= ' ' || target.charAt(index) > '~') {
                return false;
            }
        }
        return target.startsWith("/");
    }

    /**
     * Creates a request.
     *
     * @param operation what is asked, for metrics and policies
     * @param method the HTTP method
     * @param target path and query below the base URL, beginning with a slash
     * @param body the body; one without bytes means none
     * @throws InvalidRequestException if the method is not made of letters, or the target is not a plain path
     */
    public static ExchangeRequest create(Operation operation, String method, String target, RequestBody body) {
        return new ExchangeRequest(operation, method, target, body);
    }

    /** Creates a request with a body that is held in memory; it is not copied, and empty means none. */
    public static ExchangeRequest create(Operation operation, String method, String target, byte[] body) {
        return create(operation, method, target, RequestBody.of(body));
    }

    /** Creates a GET request. */
    public static ExchangeRequest get(Operation operation, String target) {
        return create(operation, "GET", target, RequestBody.NONE);
    }

    /** Creates a POST request with a body that is held in memory; it is not copied, and empty means none. */
    public static ExchangeRequest post(Operation operation, String target, byte[] body) {
        return create(operation, "POST", target, body);
    }

    /** Returns this request with the given fields in its head. */
    public ExchangeRequest withHeaders(Headers newHeaders) {
        return new ExchangeRequest(this, requireNonNull(newHeaders, "newHeaders"), model, defaultHeaders, stream);
    }

    /** Returns this request with another body. */
    public ExchangeRequest withBody(RequestBody newBody) {
        return new ExchangeRequest(this, requireNonNull(newBody, "newBody"));
    }

    /** Returns this request with the name of the model it is for, which policies and metrics may use. */
    public ExchangeRequest withModel(String newModel) {
        return new ExchangeRequest(this, headers, requireNonNull(newModel, "newModel"), defaultHeaders, stream);
    }

    /**
     * Returns this request without default headers such as {@code Accept} and {@code User-Agent}, for a relay that forwards the header
     * fields of its client as received. The credentials of the server are still added.
     */
    public ExchangeRequest withoutDefaultHeaders() {
        return new ExchangeRequest(this, headers, model, false, stream);
    }

    /** Returns this request as one that asks for a stream: its answer comes piece by piece. */
    public ExchangeRequest asStream() {
        return new ExchangeRequest(this, headers, model, defaultHeaders, true);
    }

    /** Returns what is asked. */
    public Operation operation() {
        return operation;
    }

    /** Returns the HTTP method. */
    public String method() {
        return method;
    }

    /** Returns path and query below the base URL. */
    public String target() {
        return target;
    }

    /** Returns the fields that the caller wants in the head. */
    public Headers headers() {
        return headers;
    }

    /** Returns the body; one without bytes means none. */
    public RequestBody body() {
        return body;
    }

    /** Returns the name of the model, or null when the request is for none. */
    public @Nullable String model() {
        return model;
    }

    /** Returns whether the request asks for a stream. */
    public boolean isStream() {
        return stream;
    }

    /** Returns whether default headers are added to those of this request. */
    public boolean hasDefaultHeaders() {
        return defaultHeaders;
    }

    /** Returns method and target; a body is never shown. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
