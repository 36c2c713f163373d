package dev.paddock.adapters.http.bridge;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.request.ApiOperations;
import dev.paddock.adapters.http.wire.request.ModelRequestFields;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.ports.exchange.ExchangePort;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sends requests of another library through an exchange port, with all its policies. Path and body tell what a request means, so that
 * retries, circuits and measurements treat it like one of Paddock's own. Thread-safe.
 */
public final class ForeignCalls {

    /** What the transport decides, and codings of the content, which would hide the end of an answer. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "accept-encoding", "connection", "content-length", "expect", "host", "http2-settings", "keep-alive", "proxy-authorization",
            "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    /** Fields that say for whom a request is; answers to others are not shared with it. */
    private static final Set<String> CREDENTIALS =
            Set.of("api-key", "authorization", "cookie", "ocp-apim-subscription-key", "x-api-key", "x-goog-api-key");

    /** A segment that is two dots, between slashes or backslashes; each of these may be written as an escape. */
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)(?:^|/|%2f|%5c)(?:\\.|%2e){2}(?:$|/|%2f|%5c)");

    private final ExchangePort port;
    private final BaseUrl baseUrl;

    /**
     * Creates it.
     *
     * @param port sends the requests; its settings decide where
     * @param baseUrl the URL that the other library is given. Requests to other places are refused, so that a key or a prompt does not reach
     *     a server it was not meant for
     */
    public ForeignCalls(ExchangePort port, BaseUrl baseUrl) {
        this.port = requireNonNull(port, "port");
        this.baseUrl = requireNonNull(baseUrl, "baseUrl");
    }

    /**
     * Sends a request and waits for the head of its answer. Any status is an answer.
     *
     * @return the answer, to be closed by the caller
     * @throws InvalidRequestException if the URL does not begin with the base URL, or leaves it by dot segments
     * @throws dev.paddock.domain.error.LlmException if no head arrives
     */
    public ForeignResponse send(ForeignRequest request, CallContext context) {
        ExchangeRequest made = exchangeRequest(request);
        Headers others = new Headers(made.headers().fields().stream().filter(field -> !isCredential(field)).toList());
        return new ForeignResponse(port.open(made.withHeaders(others), withCredentials(context, made.headers())));
    }

    /** Returns the context with the credentials as extra headers, which the fingerprint of a request covers. */
    private static CallContext withCredentials(CallContext context, Headers headers) {
        Headers given = context.get(CallAttributes.EXTRA_HEADERS);
        List<Header> extras = new ArrayList<>(given == null ? List.of() : given.fields());
        headers.fields().stream()
                .filter(field -> isCredential(field) && (given == null || !given.contains(field.name())))
                .forEach(extras::add);
        return extras.isEmpty() ? context : context.with(CallAttributes.EXTRA_HEADERS, new Headers(extras));
    }

    private static boolean isCredential(Header field) {
        return CREDENTIALS.contains(field.name().toLowerCase(Locale.ROOT));
    }

    private ExchangeRequest exchangeRequest(ForeignRequest request) {
        String path = pathBelowBase(request.url());
        String query = request.url().getRawQuery();
        RequestBody body = request.body();
        Operation operation = operation(request.method(), path);
        ExchangeRequest made = ExchangeRequest.create(operation, request.method(), query == null ? path : path + "?" + query, body)
                .withHeaders(endToEnd(request.headers()));
        ModelRequestFields fields = operation == Operation.TRANSFER_BLOB ? ModelRequestFields.NONE : ModelRequestFields.of(body);
        String model = fields.model();
        ExchangeRequest forModel = model == null ? made : made.withModel(model);
        return fields.asksForStream(path.startsWith("/api/")) ? forModel.asStream() : forModel;
    }

    private String pathBelowBase(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        boolean isBelow = path.startsWith(baseUrl.path() + "/") || path.equals(baseUrl.path());
        if (!isSameServer(url) || !isBelow) {
            throw new InvalidRequestException(
                    "the request goes to " + url.getScheme() + "://" + url.getRawAuthority() + ", but this client was made for " + baseUrl,
                    ErrorFacts.NONE);
        }
        if (DOT_SEGMENT.matcher(path).find()) {
            throw new InvalidRequestException("the path of the request has the segment .., which leaves the base URL " + baseUrl, ErrorFacts.NONE);
        }
        String below = path.substring(baseUrl.path().length());
        return below.isEmpty() ? "/" : below;
    }

    private boolean isSameServer(URI url) {
        return url.getScheme() != null
                && url.getRawAuthority() != null
                && BaseUrl.parse(url.getScheme() + "://" + url.getRawAuthority()).endpoint().equals(baseUrl.endpoint());
    }

    /** Returns what a request asks for; a base URL may have a part of the API's path. */
    private Operation operation(String method, String path) {
        Operation operation = ApiOperations.find(method, path);
        return operation == Operation.OTHER ? ApiOperations.find(method, baseUrl.resolve(path)) : operation;
    }

    private static Headers endToEnd(Headers headers) {
        List<String> named = headers.elements("Connection").stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return new Headers(headers.fields().stream().filter(field -> isEndToEnd(field, named)).toList());
    }

    private static boolean isEndToEnd(Header field, List<String> named) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return !OF_THE_CONNECTION.contains(name) && !named.contains(name);
    }
}
