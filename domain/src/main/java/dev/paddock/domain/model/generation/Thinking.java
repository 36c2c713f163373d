package dev.paddock.domain.model.generation;

/** How much a thinking model shall reason before it answers. When a request does not say, Ollama lets such models think. */
public enum Thinking {
    OFF,
    /** As much as the model does by itself. */
    ON,
    LOW,
    MEDIUM,
    HIGH,
    MAX
}
