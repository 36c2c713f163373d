package dev.paddock.adapters.http.wire.routing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Replaces the name of the model in the body of a request; every other byte stays. */
final class ModelNameRewriter {

    private ModelNameRewriter() {}

    /** Returns the body with another model, or null when it has none or cannot be read. */
    static byte @Nullable [] rewrite(byte[] body, String model) {
        byte[] text = JsonStreams.readable(body);
        byte[] name = PlainJson.toText(model).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream(text.length + name.length);
        int copied = 0;
        try (JsonParser parser = JsonStreams.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && field.equalsIgnoreCase("model")) {
                    int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                    if (start < 0) {
                        return null; // another encoding than UTF-8
                    }
                    parser.finishToken();
                    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
                    rewritten.write(text, copied, start - copied);
                    rewritten.writeBytes(name);
                    copied = end;
                }
                parser.skipChildren();
            }
        } catch (IOException notJson) {
            return null;
        }
        if (copied == 0) {
            return null;
        }
        rewritten.write(text, copied, text.length - copied);
        return rewritten.toByteArray();
    }
}
