package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.telemetry.InferenceSettings;
import dev.paddock.domain.telemetry.InferenceSettings.Setting;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of spans and metrics: those of the semantic conventions, and for what these do not know those of {@code paddock}. */
final class TelemetryAttributes {

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> REQUEST_STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<String> OUTPUT_TYPE = AttributeKey.stringKey("gen_ai.output.type");
    static final AttributeKey<String> REASONING_LEVEL = AttributeKey.stringKey("gen_ai.request.reasoning.level");
    static final AttributeKey<String> RESPONSE_ID = AttributeKey.stringKey("gen_ai.response.id");
    static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<List<String>> FINISH_REASONS = AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> TIME_TO_FIRST_CHUNK = AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHED_TOKENS = AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> CACHE_WRITTEN_TOKENS = AttributeKey.longKey("gen_ai.usage.cache_write.input_tokens");
    static final AttributeKey<Long> REASONING_TOKENS = AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
    static final AttributeKey<String> TOKEN_MODALITY = AttributeKey.stringKey("gen_ai.token.modality");

    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<Long> RESEND_COUNT = AttributeKey.longKey("http.request.resend_count");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");

    static final AttributeKey<String> PADDOCK_OPERATION = AttributeKey.stringKey("paddock.operation");
    static final AttributeKey<String> SOURCE = AttributeKey.stringKey("paddock.source");
    static final AttributeKey<String> BACKEND = AttributeKey.stringKey("paddock.backend");
    static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("paddock.attempts");
    static final AttributeKey<Double> WAIT = AttributeKey.doubleKey("paddock.wait");
    static final AttributeKey<Boolean> REUSED = AttributeKey.booleanKey("paddock.connection.reused");

    static final String ADMITTED = "paddock.admitted";
    static final String LEASED = "paddock.connection.leased";
    static final String FIRST_FRAME = "paddock.first_frame";

    private static final Map<Setting, AttributeKey<Double>> FRACTIONS = Map.of(
            Setting.TEMPERATURE, AttributeKey.doubleKey("gen_ai.request.temperature"),
            Setting.TOP_P, AttributeKey.doubleKey("gen_ai.request.top_p"),
            Setting.FREQUENCY_PENALTY, AttributeKey.doubleKey("gen_ai.request.frequency_penalty"),
            Setting.PRESENCE_PENALTY, AttributeKey.doubleKey("gen_ai.request.presence_penalty"));

    private static final Map<Setting, AttributeKey<Long>> WHOLE_NUMBERS = Map.of(
            Setting.TOP_K, AttributeKey.longKey("gen_ai.request.top_k"),
            Setting.SEED, AttributeKey.longKey("gen_ai.request.seed"),
            Setting.MAX_TOKENS, AttributeKey.longKey("gen_ai.request.max_tokens"),
            Setting.CHOICES, AttributeKey.longKey("gen_ai.request.choice.count"),
            Setting.DIMENSIONS, AttributeKey.longKey("gen_ai.embeddings.dimension.count"));

    private TelemetryAttributes() {}

    /** Sets what a request asks for. */
    static void set(Span span, InferenceSettings settings) {
        settings.numbers().forEach((setting, number) -> {
            AttributeKey<Double> fraction = FRACTIONS.get(setting);
            AttributeKey<Long> whole = WHOLE_NUMBERS.get(setting);
            if (fraction != null) {
                span.setAttribute(fraction, number.doubleValue());
            } else if (whole != null && !(setting == Setting.CHOICES && number.longValue() == 1)) {
                span.setAttribute(whole, number.longValue());
            }
        });
        setKnown(span, OUTPUT_TYPE, settings.outputType());
        setKnown(span, REASONING_LEVEL, settings.reasoningLevel());
    }

    /** Sets an attribute unless its value is not known. */
    static <T> void setKnown(Span span, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }

    /** Adds the address of a server, if it is known. */
    static void addServer(AttributesBuilder attributes, @Nullable Endpoint server) {
        if (server != null) {
            attributes.put(SERVER, server.host()).put(PORT, (long) server.port());
        }
    }

    /** Sets the address of a server, if it is known. */
    static void setServer(Span span, @Nullable Endpoint server) {
        if (server != null) {
            span.setAttribute(SERVER, server.host()).setAttribute(PORT, (long) server.port());
        }
    }
}
