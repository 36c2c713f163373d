package dev.paddock.adapters.metrics.opentelemetry;

/** The generation of the GenAI metrics, which are in development. Spans are the same in both. */
public enum GenAiConventions {
    /** {@code gen_ai.client.operation.duration}, {@code gen_ai.client.token.usage} and so on, which most tools read. */
    OPERATION,
    /** {@code gen_ai.client.inference.duration}, {@code gen_ai.client.embeddings.duration}, and a metric for each kind of token. */
    INFERENCE
}
