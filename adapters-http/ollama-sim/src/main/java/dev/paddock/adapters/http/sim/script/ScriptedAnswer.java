package dev.paddock.adapters.http.sim.script;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.format.GoJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call. Immutable. It is sent whatever models are installed and whatever they can do.
 *
 * @param content what the model says, or null when the simulator invents it
 * @param faults what happens on the way; lines are counted in pieces of the content
 */
public record ScriptedAnswer(@Nullable Content content, List<Fault> faults) {
    public ScriptedAnswer {
        faults = List.copyOf(faults);
    }

    /** What a model says. */
    public sealed interface Content { }

    /**
     * The answer of a chat or of a completion.
     *
     * @param thoughts the pieces of the reasoning, which come first
     * @param pieces the pieces of the text, each as the simulator streams it
     * @param toolCalls the tools that the model wants to call, after the text
     * @param doneReason why the model stops, such as {@code stop} or {@code length}
     */
    public record Generation(List<String> thoughts, List<String> pieces, List<ScriptedToolCall> toolCalls, String doneReason)
            implements Content {
        public Generation {
            thoughts = List.copyOf(thoughts);
            pieces = List.copyOf(pieces);
            toolCalls = List.copyOf(toolCalls);
            requireNonNull(doneReason, "doneReason");
        }
    }

    /**
     * A tool that the model wants to call.
     *
     * @param arguments plain Java values: texts, numbers, booleans, null, lists and maps of them
     */
    public record ScriptedToolCall(String name, Map<String, ? extends @Nullable Object> arguments) {
        public ScriptedToolCall {
            requireNonNull(name, "name");
            requireNonNull(arguments, "arguments");
        }
    }

    /**
     * The vectors of texts, sent as they are.
     *
     * @param vectors at least one; the last one is also that of all further texts
     */
    public record Vectors(List<float[]> vectors) implements Content {
        public Vectors {
            if (vectors.isEmpty()) {
                throw new IllegalArgumentException("at least one vector is needed");
            }
            vectors = vectors.stream().map(float[]::clone).toList();
        }

        /** The vector of the text at this place, from zero. */
        public float[] vector(int index) {
            return vectors.get(Math.min(index, vectors.size() - 1)).clone();
        }
    }

    /**
     * The JSON text of plain Java values.
     *
     * @throws IllegalArgumentException when a value has no JSON form
     */
    public static String jsonText(@Nullable Object value) {
        try {
            return GoJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException noForm) {
            throw new IllegalArgumentException("no JSON form: " + noForm.getOriginalMessage(), noForm);
        }
    }

    /**
     * Checks that a text is one JSON value, and returns it unchanged.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static String requireJson(String text) {
        try (var parser = GoJson.MAPPER.createParser(text)) {
            boolean single = parser.nextToken() != null && parser.skipChildren() != null && parser.nextToken() == null;
            if (single) {
                return text;
            }
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not JSON: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("not one JSON value: " + text);
    }
}
