package dev.paddock.adapters.http.resilience;

/** When a generation that broke off may be retried although the server may have begun it; that costs time or money. */
public enum GenerationReplay {
    /** Always, as long as nothing of the answer was delivered: right for servers of one's own. */
    ALWAYS,
    /** Only when a connection that had been idle broke without a byte of response: it was stale most likely. */
    STALE_CONNECTION,
    /** Never: right for servers that charge for each answer. */
    NEVER
}
