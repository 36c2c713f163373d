package dev.paddock.adapters.http.resilience;

/** When a failed generation may be retried although the server may have begun it; that costs time or money. */
public enum GenerationReplay {
    /** Always, as long as nothing of the answer was delivered; for your own servers. */
    ALWAYS,
    /** Only when an idle connection broke without a byte of response, so that it was probably stale. */
    STALE_CONNECTION,
    /** Never; for servers that charge for each answer. */
    NEVER
}
