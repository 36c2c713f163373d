package dev.paddock.adapters.http.wire.embedding;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.reuse.RequestFingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request to embed texts, taken apart into the texts and everything that they share. Immutable and thread-safe. */
public final class EmbeddingInput {

    private static final String INPUT = "input";
    private static final String VIA = "Via";

    /** Fields of a request that do not change a vector; requests that differ in them are still not sent as one. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("keep_alive", "user", "metadata", "stream", "stream_options");

    /** Fields of a head that belong to one call: they change neither a vector nor the rights of the caller. */
    private static final Set<String> OF_ONE_CALL = Set.of(
            "accept", "accept-encoding", "accept-language", "b3", "baggage", "cache-control", "content-length", "content-type", "date", "dnt",
            "idempotency-key", "pragma", "priority", "referer", "traceparent", "tracestate", "user-agent", "via", "x-correlation-id",
            "x-request-id", "x-upstream-request-id");

    private static final List<String> PREFIXES_OF_ONE_CALL = List.of("sec-", "x-b3-", "x-stainless-");

    private final ExchangeRequest request;
    private final EmbeddingFormat format;
    private final Map<String, @Nullable Object> fields; // without the texts, in the order of the request
    private final List<String> texts;

    private EmbeddingInput(
            ExchangeRequest request, EmbeddingFormat format, Map<String, @Nullable Object> fields, List<String> texts) {
        this.request = request;
        this.format = format;
        this.fields = fields;
        this.texts = List.copyOf(texts);
    }

    /**
     * Takes a request apart.
     *
     * @param request one that a {@link dev.paddock.domain.reuse.ReuseClassifier} takes for an embedding, so that its body is canonical
     * @return null if it goes to no endpoint for several texts, or its input is not made of at least one text
     */
    public static @Nullable EmbeddingInput of(ExchangeRequest request) {
        EmbeddingFormat format = EmbeddingFormat.of(request.target());
        if (format == null) {
            return null;
        }
        try {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(CanonicalJson.readObject(request.body().bytes()));
            List<String> texts = texts(fields.remove(INPUT));
            boolean isUsable = !texts.isEmpty() && fields.get("model") instanceof String;
            return isUsable ? new EmbeddingInput(request, format, fields, texts) : null;
        } catch (IOException withoutCanonicalForm) {
            return null;
        }
    }

    private static List<String> texts(@Nullable Object input) {
        if (input instanceof String text) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        if (input instanceof List<?> list) {
            for (Object element : list) {
                if (!(element instanceof String text)) {
                    return List.of();
                }
                texts.add(text);
            }
        }
        return texts;
    }

    /** Returns the request itself. */
    public ExchangeRequest request() {
        return request;
    }

    /** Returns the format of the request and of its answer. */
    public EmbeddingFormat format() {
        return format;
    }

    /** Returns the texts in the order of the request. */
    public List<String> texts() {
        return texts;
    }

    /** Returns the name of the model. */
    public String model() {
        return String.valueOf(fields.get("model"));
    }

    /** Returns the request with other texts. It has the fields of the head that matter for all of them, not those of one call. */
    public ExchangeRequest withTexts(List<String> newTexts) {
        ExchangeRequest made = JsonRequests.post(request.operation(), request.target(), json -> {
            for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
                json.plain(field.getKey(), field.getValue());
            }
            json.texts(INPUT, newTexts);
        });
        Headers headers = made.headers();
        for (Header field : sharedHeaders()) {
            headers = headers.with(field.name(), field.value());
        }
        for (String passed : request.headers().all(VIA)) {
            headers = headers.with(VIA, passed); // by which gateways detect a loop
        }
        ExchangeRequest complete = made.withHeaders(headers);
        return request.model() == null ? complete : complete.withModel(request.model());
    }

    /** Returns the hash of everything besides the texts: requests with equal ones can be sent as one. */
    public RequestFingerprint requestFingerprint(CallContext context) {
        return fingerprint(context, fields);
    }

    /** Returns the hash of everything that a vector depends on besides its text and the version of the model. */
    public RequestFingerprint vectorFingerprint(CallContext context) {
        Map<String, @Nullable Object> relevant = new LinkedHashMap<>(fields);
        relevant.keySet().removeAll(WITHOUT_EFFECT);
        return fingerprint(context, relevant);
    }

    /** Returns the hash of a text and everything that its vector depends on. */
    public static RequestFingerprint textFingerprint(RequestFingerprint vectorFingerprint, String text) {
        return CanonicalJson.fingerprint(vectorFingerprint.toString(), text);
    }

    private RequestFingerprint fingerprint(CallContext context, Map<String, @Nullable Object> relevant) {
        Headers extra = context.get(CallAttributes.EXTRA_HEADERS);
        return CanonicalJson.fingerprint(
                request.target(),
                namesAndValues(sharedHeaders()),
                namesAndValues(extra == null ? List.of() : extra.fields()),
                relevant);
    }

    private List<Header> sharedHeaders() {
        return request.headers().fields().stream().filter(field -> !isOfOneCall(field)).toList();
    }

    private static List<List<String>> namesAndValues(List<Header> headers) {
        return headers.stream().map(field -> List.of(field.name().toLowerCase(Locale.ROOT), field.value())).toList();
    }

    private static boolean isOfOneCall(Header field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return OF_ONE_CALL.contains(name) || PREFIXES_OF_ONE_CALL.stream().anyMatch(name::startsWith);
    }
}
