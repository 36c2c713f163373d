package dev.paddock.adapters.http.sim.settings;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A model the simulator has installed. Immutable.
 *
 * @param name as a user writes it, such as {@code llama3.2:latest}; the tag may be left out and is then {@code latest}
 * @param capabilities what it can do; not empty
 * @param family such as {@code llama}; it has no influence on the capabilities
 * @param embeddingLength how many numbers an embedding has; at least 1
 */
public record SimulatedModel(String name, Set<ModelCapability> capabilities, String family, int embeddingLength) {
    private static final int DEFAULT_EMBEDDING_LENGTH = 768;

    public SimulatedModel {
        requireNonNull(family, "family");
        if (!SimulatedModelName.parse(name).isValid()) {
            throw new IllegalArgumentException("not a model name: " + name);
        }
        if (capabilities.isEmpty()) {
            throw new IllegalArgumentException("a model needs a capability");
        }
        if (embeddingLength < 1) {
            throw new IllegalArgumentException("embeddingLength must be at least 1 but is " + embeddingLength);
        }
        capabilities = Set.copyOf(capabilities);
    }

    /** A model of this name which can do what models of such names usually can. */
    public static SimulatedModel named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("embed") || lower.contains("minilm") || lower.contains("bge")) {
            return embedding(name, DEFAULT_EMBEDDING_LENGTH);
        }
        if (lower.contains("llava") || lower.contains("vision")) {
            return of(name, "llama", ModelCapability.COMPLETION, ModelCapability.VISION);
        }
        if (lower.contains("qwen3") || lower.contains("gpt-oss") || lower.contains("deepseek-r1")) {
            return of(name, "qwen3", ModelCapability.COMPLETION, ModelCapability.TOOLS, ModelCapability.THINKING);
        }
        return of(name, "llama", ModelCapability.COMPLETION, ModelCapability.TOOLS);
    }

    /** An embedding model of this many dimensions. */
    public static SimulatedModel embedding(String name, int dimensions) {
        return new SimulatedModel(name, EnumSet.of(ModelCapability.EMBEDDING), "nomic-bert", dimensions);
    }

    /** The models a new simulator has: one each for chat, thinking, embedding and vision. */
    public static List<SimulatedModel> defaults() {
        return List.of(
            named("llama3.2:latest"), named("qwen3:4b"), named("nomic-embed-text:latest"), named("llava:7b"));
    }

    private static SimulatedModel of(String name, String family, ModelCapability... capabilities) {
        return new SimulatedModel(name, Set.of(capabilities), family, DEFAULT_EMBEDDING_LENGTH);
    }

    public boolean can(ModelCapability capability) {
        return capabilities.contains(capability);
    }

    public SimulatedModel renamed(String newName) {
        return new SimulatedModel(newName, capabilities, family, embeddingLength);
    }
}
