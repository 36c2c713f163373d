package dev.paddock.adapters.http.sim.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Words a JSON syntax error as Go's {@code encoding/json} does, as far as the position allows. */
final class JsonSyntaxMessage {
    private JsonSyntaxMessage() {
    }

    static String of(byte[] body, JsonProcessingException malformed) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return "EOF";
        }
        int position = position(malformed, body.length);
        return "invalid character '" + shown(body[position]) + "' looking for beginning of value";
    }

    private static int position(JsonProcessingException malformed, int length) {
        if (malformed.getLocation() == null) {
            return 0;
        }
        long offset = malformed.getLocation().getByteOffset() - 1;
        return (int) Math.max(0, Math.min(offset, length - 1L));
    }

    private static String shown(byte character) {
        if (character >= ' ' && character < 0x7F) {
            return String.valueOf((char) character);
        }
        return String.format(Locale.ROOT, "\\x%02x", character);
    }
}
