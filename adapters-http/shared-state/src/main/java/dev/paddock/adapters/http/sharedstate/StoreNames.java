package dev.paddock.adapters.http.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.reuse.AnswerKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The names of what is in the store. Callers, models and requests are in them only as hashes. Names contain the version of the format, so
 * that a process never reads what another version has written.
 */
final class StoreNames {

    private static final String FORMAT = "1:";

    private final String root;

    StoreNames(String prefix) {
        this.root = prefix + FORMAT;
    }

    /** Returns the name of the number of the present generation of answers. */
    String generation() {
        return root + "generation";
    }

    /** Returns the name of the token that changes with each change of models. */
    String models() {
        return root + "models";
    }

    /** Returns the name of the set of the processes that share rate limits. */
    String members() {
        return root + "members";
    }

    /** Returns the name of what is written only to see whether the store can write. */
    String probe() {
        return root + "probe";
    }

    /** Returns the channel on which changes are announced. */
    String changes() {
        return root + "changes";
    }

    String answer(long generation, byte[] hash) {
        return root + "answer:" + generation + ":" + text(hash);
    }

    /** Returns the name of the set of the questions of semantic caches. */
    String questions(long generation) {
        return root + "questions:" + generation;
    }

    String rate(String caller) {
        return root + "rate:" + text(sha256(caller));
    }

    String lease(String name) {
        return root + "lease:" + text(sha256(name));
    }

    /** Returns the hash of everything in a key, the tenant included. */
    static byte[] hash(AnswerKey key) {
        return sha256(key.tenant(), key.model(), key.version(), key.fingerprint().toString());
    }

    /** Returns the hash of texts, of which none can be taken for a part of another one. */
    private static byte[] sha256(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    private static String text(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
