package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

/**
 * The key of a stored answer. An answer is used again only for a request with an equal key.
 *
 * @param tenant the caller whose answers are kept apart from those of others; empty for calls without a caller, and for all calls when
 *     answers are shared
 * @param model the name of the model in the request
 * @param version what changes with the model behind that name: its digest; empty for servers without digests
 * @param fingerprint the hash of the request
 */
public record AnswerKey(String tenant, String model, String version, RequestFingerprint fingerprint) {

    public AnswerKey {
        requireNonNull(tenant, "tenant");
        requireNonNull(model, "model");
        requireNonNull(version, "version");
        requireNonNull(fingerprint, "fingerprint");
    }

    /** Returns the model and the fingerprint; the tenant is not shown. */
    @Override
    public String toString() {
        return model + " " + fingerprint;
    }
}
