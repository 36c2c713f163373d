package dev.paddock.domain.model.generation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The speaker of a message in a conversation. */
public enum Role {
    /** Sets the scene. */
    SYSTEM,
    /** Asks. */
    USER,
    /** Answers: the model. */
    ASSISTANT,
    /** Reports the result of a tool call. */
    TOOL;

    private static final List<Role> ALL = List.of(values());

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name on the wire, for example {@code assistant}. */
    public String label() {
        return label;
    }

    /** Returns the role of that name, whatever its case, or null when there is none. */
    public static @Nullable Role find(String label) {
        for (Role role : ALL) {
            if (role.name().equalsIgnoreCase(label)) {
                return role;
            }
        }
        return null;
    }
}
