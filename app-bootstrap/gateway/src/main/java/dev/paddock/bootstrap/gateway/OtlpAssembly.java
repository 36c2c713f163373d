package dev.paddock.bootstrap.gateway;

import static dev.paddock.bootstrap.config.value.ValueParsers.commaSeparated;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.number;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;
import static dev.paddock.bootstrap.config.value.ValueParsers.url;

import dev.paddock.adapters.metrics.opentelemetry.GenAiConventions;
import dev.paddock.adapters.metrics.opentelemetry.otlp.OtlpSettings;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.Header;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the settings of the export from keys. */
final class OtlpAssembly {

    /** What collectors listen on; it is used only to check the other settings of an export that is off. */
    private static final BaseUrl DEFAULT = BaseUrl.parse("http://127.0.0.1:4318");

    /** The fields that the HTTP client decides. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-encoding", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade");

    private final SettingReader reader;

    OtlpAssembly(SettingReader reader) {
        this.reader = reader;
    }

    /** Returns the settings, or null for no export. */
    @Nullable OtlpSettings assemble() {
        BaseUrl endpoint = reader.find("paddock.otlp.endpoint", url());
        Map<String, String> headers = reader.find("paddock.otlp.headers", OtlpAssembly::headers);
        OtlpSettings settings = new OtlpSettings(
                endpoint == null ? DEFAULT : endpoint,
                headers == null ? Map.of() : headers,
                reader.read("paddock.otlp.timeout", duration()),
                reader.read("paddock.otlp.interval", duration()),
                reader.read("paddock.otlp.sampled", number(0, 1)),
                reader.read("paddock.otlp.service", text()),
                reader.read("paddock.otlp.conventions", oneOf(GenAiConventions.values())));
        return endpoint == null ? null : settings;
    }

    /** Messages do not contain values, because these are secrets. */
    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : commaSeparated().read(text)) {
            int equals = header.indexOf('=');
            try {
                Header field = new Header(header.substring(0, Math.max(0, equals)).strip(), header.substring(equals + 1).strip());
                if (OF_THE_CLIENT.contains(field.name().toLowerCase(Locale.ROOT))) {
                    throw new InvalidValueException("has the header " + field.name() + ", which the exporter sets itself");
                }
                headers.put(field.name(), field.value());
            } catch (InvalidRequestException invalid) {
                throw new InvalidValueException("is not a list of headers; write for example x-api-key=..., with commas between several");
            }
        }
        return headers;
    }
}
