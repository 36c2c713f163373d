package dev.paddock.domain.resilience;

import java.util.Locale;

/** What a circuit does with calls. */
public enum CircuitState {
    /** Calls pass. */
    CLOSED(0),
    /** One call at a time passes, to find out whether the server works again. */
    HALF_OPEN(1),
    /** Calls are refused at once. */
    OPEN(2);

    private final int code;

    CircuitState(int code) {
        this.code = code;
    }

    /** Returns the name as it appears in metrics and JSON, for example {@code half_open}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state as a number, for a gauge: 0 closed, 1 half open, 2 open. */
    public int code() {
        return code;
    }
}
