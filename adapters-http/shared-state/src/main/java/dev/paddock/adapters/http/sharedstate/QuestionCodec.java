package dev.paddock.adapters.http.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.reuse.semantic.UnitVector;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes questions as bytes. Stateless. */
final class QuestionCodec {

    private static final int FINGERPRINT = 4 * Long.BYTES;

    private QuestionCodec() {}

    static byte[] encode(StoredQuestion question) {
        AnswerKey answer = question.answer();
        byte[][] texts = {
            answer.tenant().getBytes(UTF_8),
            answer.model().getBytes(UTF_8),
            answer.version().getBytes(UTF_8),
            question.space().getBytes(UTF_8),
            question.text().getBytes(UTF_8)
        };
        float[] vector = question.vector().toArray();
        int length = 2 * FINGERPRINT + Integer.BYTES + Float.BYTES * vector.length;
        for (byte[] text : texts) {
            length += Integer.BYTES + text.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        put(answer.fingerprint(), bytes);
        put(question.rest(), bytes);
        for (byte[] text : texts) {
            bytes.putInt(text.length).put(text);
        }
        bytes.putInt(vector.length);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static void put(RequestFingerprint fingerprint, ByteBuffer bytes) {
        bytes.putLong(fingerprint.first()).putLong(fingerprint.second()).putLong(fingerprint.third()).putLong(fingerprint.fourth());
    }

    /** Returns the question that bytes stand for, or null when they stand for none. */
    static @Nullable StoredQuestion decode(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        try {
            RequestFingerprint answer = fingerprint(bytes);
            RequestFingerprint rest = fingerprint(bytes);
            AnswerKey key = new AnswerKey(text(bytes), text(bytes), text(bytes), answer);
            String space = text(bytes);
            String question = text(bytes);
            float[] values = new float[checked(bytes.getInt(), bytes.remaining() / Float.BYTES)];
            for (int index = 0; index < values.length; index++) {
                values[index] = bytes.getFloat();
            }
            UnitVector vector = bytes.hasRemaining() ? null : UnitVector.of(values);
            return vector == null ? null : new StoredQuestion(key, rest, space, vector, question);
        } catch (BufferUnderflowException malformed) {
            return null;
        }
    }

    private static RequestFingerprint fingerprint(ByteBuffer bytes) {
        return new RequestFingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[checked(bytes.getInt(), bytes.remaining())];
        bytes.get(text);
        return new String(text, UTF_8);
    }

    /** Returns a length, if there is so much left: a wrong one must need no memory. */
    private static int checked(int length, int left) {
        if (length < 0 || length > left) {
            throw new BufferUnderflowException();
        }
        return length;
    }
}
