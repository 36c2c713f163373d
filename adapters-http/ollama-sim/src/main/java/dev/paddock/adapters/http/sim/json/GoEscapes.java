package dev.paddock.adapters.http.sim.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Escapes strings as Go's {@code encoding/json} does: {@code <}, {@code >}, {@code &} and the two Unicode line
 * separators as lower-case {@code \}{@code u} sequences, U+0085 not at all.
 */
final class GoEscapes extends CharacterEscapes {
    @Serial
    private static final long serialVersionUID = 1L;
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LINE_SEPARATOR = (char) 0x2028;
    private static final char PARAGRAPH_SEPARATOR = (char) 0x2029;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        for (char control = 0; control < FIRST_PRINTABLE; control++) {
            if (codes[control] < 0) {
                codes[control] = ESCAPE_CUSTOM;
            }
        }
        codes['<'] = ESCAPE_CUSTOM;
        codes['>'] = ESCAPE_CUSTOM;
        codes['&'] = ESCAPE_CUSTOM;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        boolean escaped = character < FIRST_PRINTABLE || character == '<' || character == '>' || character == '&'
            || character == LINE_SEPARATOR || character == PARAGRAPH_SEPARATOR;
        return escaped ? new SerializedString(String.format("\\u%04x", character)) : null;
    }
}
