package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Measures the stages of an answer and writes them as Ollama does: nanoseconds, nothing that is zero. */
final class GenerationTimings {
    private final long arrived;
    private long loaded;
    private long started;
    private long prompted;

    GenerationTimings(long arrivedNanos) {
        this.arrived = arrivedNanos;
    }

    /** The model is in memory. */
    void loaded() {
        loaded = System.nanoTime();
    }

    /** The queue for the model is over. */
    void started() {
        started = System.nanoTime();
    }

    /** The prompt has been read. */
    void prompted() {
        prompted = System.nanoTime();
    }

    long loadNanos() {
        return Math.max(1, loaded - arrived);
    }

    void writeTo(ObjectNode chunk, int promptTokens, int answerTokens) {
        long now = System.nanoTime();
        chunk.put("total_duration", now - arrived).put("load_duration", loadNanos());
        if (promptTokens > 0) {
            chunk.put("prompt_eval_count", promptTokens);
        }
        chunk.put("prompt_eval_duration", Math.max(1, prompted - started));
        if (answerTokens > 0) {
            chunk.put("eval_count", answerTokens).put("eval_duration", Math.max(1, now - prompted));
        }
    }
}
