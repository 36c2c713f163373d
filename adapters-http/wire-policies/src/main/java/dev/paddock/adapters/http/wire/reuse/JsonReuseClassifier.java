package dev.paddock.adapters.http.wire.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.RequestReuse.NotReusable;
import dev.paddock.domain.reuse.RequestReuse.Reusable;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.ReuseKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examines the requests of the APIs of Ollama, OpenAI and Anthropic. The fingerprint covers the whole request, fields that are unknown here
 * included. It leaves out only the fields that do not change what the model says: {@code stream}, {@code stream_options},
 * {@code keep_alive}, {@code user} and {@code metadata}. It covers the method, the path with its query, the fields {@code Anthropic-*} and
 * {@code OpenAI-*} of the head, and the extra headers of the call.
 *
 * <p>At the outermost level and in {@code options}, null means that the field is absent. The result for a request is the same whatever came
 * before it. Thread-safe.
 */
public final class JsonReuseClassifier implements ReuseClassifier {

    /** Changes with everything here that changes fingerprints, so that stores which outlive a process do not mix them up. */
    static final String KEY_SCHEMA = "paddock-1";

    private static final int LONGEST_BODY = 8 << 20;

    /** A body up to this length is examined although no temperature and no seed is seen in it: it may load a model. */
    private static final int SHORT_BODY = 1024;

    private static final Set<String> LEFT_OUT = Set.of("stream", "stream_options", "keep_alive", "user", "metadata");

    /** Names that decide here; Ollama reads them in any case of letters, and other servers do not. */
    private static final Set<String> KNOWN = Set.of(
            "model", "prompt", "messages", "input", "options", "temperature", "seed", "stream", "stream_options", "keep_alive", "user",
            "metadata", "tools", "previous_response_id", "conversation", "store", "background", "web_search_options", "mcp_servers",
            "container", "search_parameters", "plugins", "data_sources", "_debug_render_only");

    private static final byte[] TEMPERATURE = "\"temperature\"".getBytes(UTF_8);
    private static final byte[] SEED = "\"seed\"".getBytes(UTF_8);

    private final boolean sampledToo;
    private final KnownRequests known = new KnownRequests();

    /**
     * Creates a classifier.
     *
     * @param sampledToo whether answers that are chosen at random are of use; if not, most of their requests need not be parsed
     */
    public JsonReuseClassifier(boolean sampledToo) {
        this.sampledToo = sampledToo;
    }

    @Override
    public RequestReuse classify(ExchangeRequest request, CallContext context) {
        OperationClass operation = request.operation().operationClass();
        ReuseEndpoint endpoint = ReuseEndpoint.of(request.target());
        boolean isUseful = operation == OperationClass.GENERATE || operation == OperationClass.EMBED;
        if (!isUseful || endpoint == null || !request.method().equals("POST")) {
            return new NotReusable(BypassReason.OPERATION);
        }
        if (!request.body().isInMemory() || request.body().length() > LONGEST_BODY) {
            return new NotReusable(BypassReason.TOO_LARGE);
        }
        byte[] body = request.body().bytes();
        if (!sampledToo && !endpoint.isEmbedding() && body.length > SHORT_BODY && !mayBeDeterministic(body)) {
            return new NotReusable(BypassReason.SAMPLED);
        }
        Headers extra = context.get(CallAttributes.EXTRA_HEADERS);
        boolean isBodyAll = request.target().indexOf('?') < 0
                && changing(request).isEmpty()
                && (extra == null || extra.fields().isEmpty());
        return isBodyAll
                ? known.of(request, endpoint, () -> examine(request, context, endpoint))
                : examine(request, context, endpoint);
    }

    private RequestReuse examine(ExchangeRequest request, CallContext context, ReuseEndpoint endpoint) {
        try {
            return classify(request, context, endpoint, CanonicalJson.readObject(request.body().bytes()));
        } catch (IOException withoutCanonicalForm) {
            return new NotReusable(BypassReason.MALFORMED);
        }
    }

    private RequestReuse classify(
            ExchangeRequest request, CallContext context, ReuseEndpoint endpoint, Map<String, @Nullable Object> fields)
            throws IOException {
        removeAbsent(fields);
        requireUnambiguous(fields);
        if (isUnload(fields.get("keep_alive"))) {
            return new NotReusable(BypassReason.UNLOAD);
        }
        if (ServerState.isIn(fields)) {
            return new NotReusable(BypassReason.SERVER_STATE);
        }
        ReuseKind kind = kind(endpoint, fields);
        if (kind == ReuseKind.SAMPLED && !sampledToo) {
            return new NotReusable(BypassReason.SAMPLED);
        }
        if (kind == ReuseKind.LOAD && !endpoint.isNative()) {
            return new NotReusable(BypassReason.LOAD); // other servers refuse it
        }
        AnswerShape shape = shape(request, fields);
        boolean keepsModel = fields.containsKey("keep_alive");
        return new Reusable(fingerprint(request, context, fields, kind), kind, shape, keepsModel);
    }

    /** Removes what counts as absent. */
    static void removeAbsent(Map<String, @Nullable Object> fields) {
        fields.values().removeIf(value -> value == null);
        if (fields.get("options") instanceof Map<?, ?> options) {
            options.values().removeIf(value -> value == null);
        }
    }

    private static void requireUnambiguous(Map<String, @Nullable Object> fields) throws IOException {
        for (String name : fields.keySet()) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!isAscii(name) || (!lowerCase.equals(name) && KNOWN.contains(lowerCase))) {
                throw new IOException("a name that servers may take for another one");
            }
        }
        Object usage = fields.get("stream_options") instanceof Map<?, ?> options ? options.get("include_usage") : null;
        if (!isFlag(fields.get("stream")) || !isFlag(usage)) {
            throw new IOException("a form of the answer that servers may understand differently");
        }
    }

    /** Other letters may be equal to those of ASCII but for their case. */
    private static boolean isAscii(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (name.charAt(index) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFlag(@Nullable Object value) {
        return value == null || value instanceof Boolean;
    }

    /** Returns whether a model is to be unloaded after the answer: {@code 0}, {@code "0"}, {@code "0s"} and the like. */
    private static boolean isUnload(@Nullable Object keepAlive) {
        return switch (keepAlive) {
            case BigDecimal seconds -> seconds.signum() == 0;
            case String duration -> duration.chars().noneMatch(character -> character >= '1' && character <= '9');
            case null, default -> false;
        };
    }

    private static ReuseKind kind(ReuseEndpoint endpoint, Map<String, @Nullable Object> fields) {
        if (endpoint.hasNoPrompt(fields)) {
            return ReuseKind.LOAD;
        }
        if (endpoint.isEmbedding()) {
            return ReuseKind.EMBEDDING;
        }
        Map<String, @Nullable Object> options = endpoint.options(fields);
        boolean isCold = options.get("temperature") instanceof BigDecimal temperature && temperature.signum() == 0;
        // A negative seed means a random one.
        boolean isSeeded = options.get("seed") instanceof BigDecimal seed && seed.signum() >= 0;
        return isCold || isSeeded ? ReuseKind.DETERMINISTIC : ReuseKind.SAMPLED;
    }

    private static AnswerShape shape(ExchangeRequest request, Map<String, @Nullable Object> fields) {
        if (!request.isStream()) {
            return AnswerShape.WHOLE;
        }
        boolean withUsage = fields.get("stream_options") instanceof Map<?, ?> options && Boolean.TRUE.equals(options.get("include_usage"));
        return withUsage ? AnswerShape.STREAM_WITH_USAGE : AnswerShape.STREAM;
    }

    /** Returns the hash of the fields, of which those that do not matter are removed, and of the rest of the request. */
    static RequestFingerprint fingerprint(
            ExchangeRequest request, CallContext context, Map<String, @Nullable Object> fields, ReuseKind kind) {
        if (kind != ReuseKind.LOAD) {
            fields.keySet().removeAll(LEFT_OUT);
        }
        return CanonicalJson.fingerprint(KEY_SCHEMA, request.target(), headers(request, context), fields);
    }

    /** Returns the fields of the head that may change the answer, each as a list of its name and its value. */
    private static List<Object> headers(ExchangeRequest request, CallContext context) {
        Headers extra = context.get(CallAttributes.EXTRA_HEADERS);
        return List.of(texts(changing(request)), texts(extra == null ? List.of() : extra.fields()));
    }

    /** Returns the fields of the head that may change the answer. */
    private static List<Header> changing(ExchangeRequest request) {
        List<Header> changing = List.of(); // as in most requests
        List<Header> fields = request.headers().fields();
        for (int index = 0; index < fields.size(); index++) {
            if (mayChangeAnswer(fields.get(index))) {
                changing = changing.isEmpty() ? new ArrayList<>() : changing;
                changing.add(fields.get(index));
            }
        }
        return changing;
    }

    private static boolean mayChangeAnswer(Header field) {
        return startsWith(field, "anthropic-") || startsWith(field, "openai-");
    }

    private static boolean startsWith(Header field, String prefix) {
        return field.name().regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static List<List<String>> texts(List<Header> fields) {
        if (fields.isEmpty()) {
            return List.of(); // as those of most requests
        }
        return fields.stream().map(field -> List.of(field.name().toLowerCase(Locale.ROOT), field.value())).toList();
    }

    /** Scans the bytes, because a whole parse is for requests that can be reused. A name with escapes is not found, which costs a hit. */
    private static boolean mayBeDeterministic(byte[] body) {
        for (int at = 0; at < body.length; at++) {
            if (body[at] == '"' && (isAt(body, at, TEMPERATURE) || isAt(body, at, SEED))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] body, int at, byte[] text) {
        return at + text.length <= body.length && Arrays.equals(body, at, at + text.length, text, 0, text.length);
    }
}
