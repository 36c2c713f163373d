package dev.paddock.domain.model.generation;

/** How much a thinking model reasons before it answers. Without a value in the request, Ollama lets such models think. */
public enum Thinking {
    OFF,
    /** As much as the model does by itself. */
    ON,
    LOW,
    MEDIUM,
    HIGH,
    MAX
}
