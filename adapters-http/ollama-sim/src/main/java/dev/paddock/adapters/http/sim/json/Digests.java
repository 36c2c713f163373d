package dev.paddock.adapters.http.sim.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal, the way Ollama names blobs and manifests. */
public final class Digests {
    private static final int PIECE = 64 * 1024;

    private Digests() {
    }

    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String hex(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // In one call, a large array would be digested to its end by code that is not compiled yet.
            for (int at = 0; at < bytes.length; at += PIECE) {
                digest.update(bytes, at, Math.min(PIECE, bytes.length - at));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
