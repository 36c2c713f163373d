package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as bytes: the hash of the key, then the rest compressed. An answer is read only with the key that it was written with, so
 * that a value under a wrong name is no answer. Stateless.
 */
final class AnswerCodec {

    private static final int HASH = 32;

    /** How many times longer than its compressed form an answer may be. */
    private static final int MOST_COMPRESSION = 100;

    private static final int UNKNOWN = -1;

    private AnswerCodec() {}

    /**
     * Returns the bytes of an answer, or null when they are too many.
     *
     * @param hash the hash of its key
     * @param timeToLive how long it may be used from now on
     * @param maxBytes the most bytes that there may be
     */
    static byte @Nullable [] encode(StoredAnswer answer, byte[] hash, Duration timeToLive, int maxBytes) {
        if (answer.answer().length() > (long) MOST_COMPRESSION * maxBytes) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(hash);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream output = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            write(answer, timeToLive, output);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return bytes.size() <= maxBytes ? bytes.toByteArray() : null;
    }

    private static void write(StoredAnswer answer, Duration timeToLive, DataOutputStream output) throws IOException {
        output.writeLong(timeToLive.toMillis());
        output.writeUTF(answer.kind().name());
        output.writeUTF(answer.shape().name());
        output.writeUTF(answer.backend().value());
        output.writeLong(answer.took().toNanos());
        output.writeInt(answer.usage().prompt() == null ? UNKNOWN : answer.usage().prompt());
        output.writeInt(answer.usage().completion() == null ? UNKNOWN : answer.usage().completion());
        RecordedAnswer recorded = answer.answer();
        output.writeInt(recorded.headers().fields().size());
        for (Header field : recorded.headers().fields()) {
            writeBytes(field.name().getBytes(StandardCharsets.UTF_8), output);
            writeBytes(field.value().getBytes(StandardCharsets.UTF_8), output);
        }
        output.writeUTF(recorded.framing().name());
        output.writeInt(recorded.frames().size());
        for (Frame frame : recorded.frames()) {
            writeBytes(frame.bytes(), output);
            output.writeInt(frame.contentOffset());
            output.writeInt(frame.contentLength());
            output.writeBoolean(frame.isTerminal());
        }
    }

    private static void writeBytes(byte[] bytes, DataOutputStream output) throws IOException {
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    /**
     * Returns the answer that bytes stand for, or null when they are not those of an answer with the key.
     *
     * @param hash the hash of the key
     * @param left how long the answer may still be used, by the clock of the store, from which its age follows
     * @param now the present time of this process
     * @param maxBytes the most bytes that are read
     */
    static @Nullable StoredAnswer decode(byte[] bytes, AnswerKey key, byte[] hash, Duration left, Instant now, int maxBytes) {
        if (bytes.length < HASH || bytes.length > maxBytes || !Arrays.equals(bytes, 0, HASH, hash, 0, HASH)) {
            return null;
        }
        ByteArrayInputStream compressed = new ByteArrayInputStream(bytes, HASH, bytes.length - HASH);
        try (BoundedInput input = new BoundedInput(new InflaterInputStream(compressed), (long) MOST_COMPRESSION * maxBytes)) {
            return read(new DataInputStream(input), key, left, now);
        } catch (IOException | RuntimeException malformed) {
            return null; // a miss; the server answers
        }
    }

    private static StoredAnswer read(DataInputStream input, AnswerKey key, Duration left, Instant now) throws IOException {
        Duration timeToLive = Duration.ofMillis(input.readLong());
        ReuseKind kind = ReuseKind.valueOf(input.readUTF());
        AnswerShape shape = AnswerShape.valueOf(input.readUTF());
        BackendId backend = new BackendId(input.readUTF());
        Duration took = Duration.ofNanos(input.readLong());
        TokenUsage usage = new TokenUsage(tokens(input.readInt()), tokens(input.readInt()));
        List<Header> fields = new ArrayList<>();
        for (int count = input.readInt(); count > 0; count--) {
            String name = new String(readBytes(input), StandardCharsets.UTF_8);
            fields.add(new Header(name, new String(readBytes(input), StandardCharsets.UTF_8)));
        }
        Framing framing = Framing.valueOf(input.readUTF());
        List<Frame> frames = new ArrayList<>();
        for (int count = input.readInt(); count > 0; count--) {
            Frame frame = Frame.data(readBytes(input), input.readInt(), input.readInt());
            frames.add(input.readBoolean() ? frame.asTerminal() : frame);
        }
        Duration age = timeToLive.minus(left);
        Instant storedAt = now.minus(age.isNegative() ? Duration.ZERO : age);
        RecordedAnswer recorded = new RecordedAnswer(new Headers(fields), framing, frames);
        return new StoredAnswer(key, kind, shape, recorded, backend, storedAt, took, usage);
    }

    private static @Nullable Integer tokens(int number) {
        return number == UNKNOWN ? null : number;
    }

    private static byte[] readBytes(DataInputStream input) throws IOException {
        int length = input.readInt();
        byte[] bytes = input.readNBytes(length); // as much as there is, so that a wrong length needs no memory
        if (bytes.length != length) {
            throw new IOException("the answer ends early");
        }
        return bytes;
    }
}
