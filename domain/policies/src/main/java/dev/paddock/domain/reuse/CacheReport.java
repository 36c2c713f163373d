package dev.paddock.domain.reuse;

import java.time.Duration;
import java.util.Map;

/**
 * What a cache of answers has done since its start, and what it holds.
 *
 * @param hits requests that were answered from it
 * @param misses requests that were not, although their answers can be stored
 * @param bypasses requests whose answers cannot be stored, by reason; reasons that never occurred are missing
 * @param stored answers that were stored
 * @param evictions answers that were dropped because the memory was full
 * @param expirations answers that were dropped because of their age
 * @param entries answers in it
 * @param bytes about how much memory they need
 * @param savedTime how long the server would have needed for the hits
 * @param savedPromptTokens tokens of prompts that the server did not have to read
 * @param savedCompletionTokens tokens that the server did not have to generate
 */
public record CacheReport(
        long hits,
        long misses,
        Map<BypassReason, Long> bypasses,
        long stored,
        long evictions,
        long expirations,
        long entries,
        long bytes,
        Duration savedTime,
        long savedPromptTokens,
        long savedCompletionTokens) {

    public CacheReport {
        bypasses = Map.copyOf(bypasses);
    }

    /** Returns the hits as a fraction of hits and misses, 0 without any. */
    public double hitRate() {
        long lookups = hits + misses;
        return lookups == 0 ? 0 : (double) hits / lookups;
    }
}
