package dev.paddock.adapters.http.wire.telemetry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.telemetry.InferenceSettings;
import dev.paddock.domain.telemetry.InferenceSettings.Setting;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings in a request of any API. Its texts are skipped without being decoded. Confined to one thread. */
final class RequestSettings {

    private static final Map<String, Setting> NUMBERS = Map.ofEntries(
            Map.entry("temperature", Setting.TEMPERATURE),
            Map.entry("top_p", Setting.TOP_P),
            Map.entry("top_k", Setting.TOP_K),
            Map.entry("seed", Setting.SEED),
            Map.entry("num_predict", Setting.MAX_TOKENS),
            Map.entry("max_tokens", Setting.MAX_TOKENS),
            Map.entry("max_completion_tokens", Setting.MAX_TOKENS),
            Map.entry("max_output_tokens", Setting.MAX_TOKENS),
            Map.entry("frequency_penalty", Setting.FREQUENCY_PENALTY),
            Map.entry("presence_penalty", Setting.PRESENCE_PENALTY),
            Map.entry("n", Setting.CHOICES),
            Map.entry("dimensions", Setting.DIMENSIONS));

    /** The objects that hold settings. */
    private static final Set<String> HOLDERS = Set.of("options", "response_format", "format", "text", "reasoning", "output_config");

    /** A level is a word; a text that is none is not shown. */
    private static final Pattern LEVEL = Pattern.compile("[a-z]{1,20}");

    private final Map<Setting, Number> numbers = new EnumMap<>(Setting.class);
    private @Nullable String outputType;
    private @Nullable String reasoningLevel;

    private RequestSettings() {}

    static InferenceSettings in(RequestBody body) {
        RequestSettings settings = new RequestSettings();
        try (JsonParser parser = JsonStreams.fieldParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                settings.readObject(parser, "");
            }
        } catch (IOException notJson) {
            return InferenceSettings.NONE; // the server reports it
        }
        return new InferenceSettings(settings.numbers, settings.outputType, settings.reasoningLevel);
    }

    private void readObject(JsonParser parser, String holder) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value.isNumeric()) {
                readNumber(name, holder, parser);
            } else if (value == JsonToken.VALUE_STRING) {
                readText(name, holder, parser);
            } else if (value == JsonToken.START_OBJECT && (holder.isEmpty() || name.equals("format")) && HOLDERS.contains(name)) {
                if (name.equals("format") && holder.isEmpty()) {
                    outputType = "json"; // a schema
                    parser.skipChildren();
                } else {
                    readObject(parser, name);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readNumber(String name, String holder, JsonParser parser) throws IOException {
        Setting setting = holder.isEmpty() || holder.equals("options") ? NUMBERS.get(name) : null;
        if (setting != null) {
            numbers.put(setting, parser.getNumberValue());
        }
    }

    private void readText(String name, String holder, JsonParser parser) throws IOException {
        boolean isFormat = (holder.isEmpty() && name.equals("format"))
                || (name.equals("type") && (holder.equals("response_format") || holder.equals("format")));
        boolean isLevel = (holder.isEmpty() && (name.equals("reasoning_effort") || name.equals("think")))
                || (name.equals("effort") && (holder.equals("reasoning") || holder.equals("output_config")));
        if (isFormat) {
            String format = parser.getText();
            outputType = format.startsWith("json") ? "json" : format.equals("text") ? "text" : outputType;
        } else if (isLevel && LEVEL.matcher(parser.getText()).matches()) {
            reasoningLevel = parser.getText();
        }
    }
}
