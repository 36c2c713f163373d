package dev.paddock.adapters.http.wire.document;

import dev.paddock.domain.reuse.RequestFingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Computes SHA-256 hashes; one digest is used again and again, because making one costs as much as a short hash. Thread-safe. */
public final class Sha256 {

    private static final AtomicReference<@Nullable MessageDigest> SPARE = new AtomicReference<>();

    private Sha256() {}

    /** Returns the hash of the first bytes of an array. */
    public static RequestFingerprint of(byte[] bytes, int length) {
        MessageDigest spare = SPARE.getAndSet(null);
        MessageDigest digest = spare == null ? search() : spare;
        digest.update(bytes, 0, length);
        byte[] hash = digest.digest();
        SPARE.set(digest); // reset by the hash
        return RequestFingerprint.of(hash);
    }

    private static MessageDigest search() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }
}
