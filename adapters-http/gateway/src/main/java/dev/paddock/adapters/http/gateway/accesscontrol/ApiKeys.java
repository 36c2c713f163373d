package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.domain.exchange.Headers;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the gateway, of which only hashes are known. Comparisons take constant time: all hashes are compared completely.
 * Immutable.
 */
final class ApiKeys {

    /** No key matches. */
    static final int UNKNOWN = -1;

    private static final String SCHEME = "bearer ";

    private final List<AccessKey> keys;
    private final List<byte[]> hashes;
    private final boolean required;

    /**
     * Creates the keys.
     *
     * @param required whether a request needs one of them; it cannot have one when there are none
     */
    ApiKeys(List<AccessKey> keys, boolean required) {
        this.keys = List.copyOf(keys);
        this.hashes = keys.stream().map(key -> HexFormat.of().parseHex(key.hash())).toList();
        this.required = required;
    }

    boolean areRequired() {
        return required;
    }

    /** Returns the key with an index. */
    AccessKey get(int index) {
        return keys.get(index);
    }

    /** Returns whether a key is one of them. */
    boolean contains(AccessKey key) {
        return keys.stream().anyMatch(present -> present.hash().equals(key.hash()));
    }

    /**
     * Returns the index of the key that a request carries, from 0, or {@link #UNKNOWN}. The key is in {@code Authorization: Bearer}, or
     * in {@code x-api-key} as the clients of Anthropic send it.
     */
    int find(Headers headers) {
        String key = given(headers);
        byte[] hash = AccessKey.digest(key == null ? "" : key);
        int found = UNKNOWN;
        for (int index = 0; index < hashes.size(); index++) {
            if (MessageDigest.isEqual(hashes.get(index), hash)) {
                found = index;
            }
        }
        return key == null ? UNKNOWN : found;
    }

    private static @Nullable String given(Headers headers) {
        String authorization = headers.first("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return authorization.substring(SCHEME.length()).strip();
        }
        String key = headers.first("x-api-key");
        return key == null ? null : key.strip();
    }
}
