package dev.paddock.tck.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@linkplain Strict strict} cases that a transport does not support, each with a reason. A case is named by its method;
 * one invocation of a parametrised case by the method and the name that the report shows, as in
 * {@code execute_serverWillClose_isHonoured[HTTP/1.0]}. A name without brackets covers all invocations.
 *
 * <p>A declared case is executed. When it fails, the report shows it as skipped, with the reason. When it passes, it counts as
 * failed: the declaration is out of date. A name that matches no strict case fails the suite. Immutable.
 */
public final class UnsupportedCases {

    private static final UnsupportedCases NONE = new UnsupportedCases(Map.of());

    private final Map<String, Reason> reasons;

    private UnsupportedCases(Map<String, Reason> reasons) {
        this.reasons = reasons;
    }

    /** Returns the declaration of a transport that supports every case. */
    public static UnsupportedCases none() {
        return NONE;
    }

    /**
     * Returns these declarations and one more.
     *
     * @param strictCase the name of the case
     * @param reason why the transport does not support it, in one line
     * @throws IllegalArgumentException if the case was declared before, or the reason is blank or not one line
     */
    public UnsupportedCases with(String strictCase, String reason) {
        return with(strictCase, new Reason(reason, false));
    }

    /**
     * Returns these declarations and one more, of a case whose outcome depends on a race inside the transport's library: it may
     * pass. Use it only for a race; nothing finds out when it is out of date.
     *
     * @param strictCase the name of the case
     * @param reason what the race is, in one line
     * @throws IllegalArgumentException if the case was declared before, or the reason is blank or not one line
     */
    public UnsupportedCases withRace(String strictCase, String reason) {
        return with(strictCase, new Reason(reason, true));
    }

    private UnsupportedCases with(String strictCase, Reason reason) {
        Map<String, Reason> more = new LinkedHashMap<>(reasons);
        if (more.put(strictCase, reason) != null) {
            throw new IllegalArgumentException("declared twice: " + strictCase);
        }
        return new UnsupportedCases(Collections.unmodifiableMap(more));
    }

    /** Returns the names of the declared cases, in the order of their declaration. */
    public Set<String> names() {
        return reasons.keySet();
    }

    /**
     * Returns why a case is declared as unsupported, or null if it is not.
     *
     * @param strictCase a name of {@link #names()}
     */
    public @Nullable String reason(String strictCase) {
        Reason reason = reasons.get(strictCase);
        return reason == null ? null : reason.text();
    }

    /** Returns the name under which a case, or one invocation of it, is declared, or null. */
    @Nullable String nameFor(String method, @Nullable String invocation) {
        String precise = method + "[" + invocation + "]";
        return reasons.containsKey(precise) ? precise : reasons.containsKey(method) ? method : null;
    }

    boolean isRace(String strictCase) {
        Reason reason = reasons.get(strictCase);
        return reason != null && reason.race();
    }

    private record Reason(String text, boolean race) {

        private Reason {
            if (text.isBlank() || text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a reason is one line of text");
            }
        }
    }
}
