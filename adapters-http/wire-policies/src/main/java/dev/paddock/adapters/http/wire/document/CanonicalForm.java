package dev.paddock.adapters.http.wire.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.reuse.RequestFingerprint;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical forms of some values, one after the other. Each states the type and the length of each part, so that nothing else has that
 * form. It grows without the locks of a stream, because each request has one. Not thread-safe.
 */
final class CanonicalForm {

    private static final int USUAL_LENGTH = 512;

    private byte[] bytes = new byte[USUAL_LENGTH];
    private int length;

    /** Appends a value. */
    void add(@Nullable Object value) {
        switch (value) {
            case null -> addType('0');
            case Boolean flag -> addType(flag ? 't' : 'f');
            case BigDecimal number -> addText('n', number.stripTrailingZeros().toString());
            case String text -> addText('s', text);
            case List<?> list -> {
                addLength('a', list.size());
                for (Object element : list) {
                    add(element);
                }
            }
            case Map<?, ?> map -> {
                addLength('o', map.size());
                Object[] names = map.keySet().toArray();
                Arrays.sort(names);
                for (Object name : names) {
                    add(name);
                    add(map.get(name));
                }
            }
            default -> throw new IllegalArgumentException("a value of type " + value.getClass().getName());
        }
    }

    /** Returns a copy of the bytes. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Returns their hash. */
    RequestFingerprint fingerprint() {
        return Sha256.of(bytes, length);
    }

    private void addText(char type, String text) {
        byte[] encoded = text.getBytes(UTF_8);
        addLength(type, encoded.length);
        ensureRoom(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void addLength(char type, int count) {
        addType(type);
        bytes[length++] = (byte) (count >>> 24);
        bytes[length++] = (byte) (count >>> 16);
        bytes[length++] = (byte) (count >>> 8);
        bytes[length++] = (byte) count;
    }

    private void addType(char type) {
        ensureRoom(1 + Integer.BYTES);
        bytes[length++] = (byte) type;
    }

    private void ensureRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
