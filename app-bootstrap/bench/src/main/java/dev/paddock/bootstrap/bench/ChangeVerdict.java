package dev.paddock.bootstrap.bench;

import java.util.Locale;

/** What a change between two measurements means. */
public enum ChangeVerdict {
    /** It is larger than the noise, and for the better. */
    BETTER,
    /** It is larger than the noise, and for the worse. */
    WORSE,
    /** It is no larger than what varies anyway. */
    WITHIN_NOISE,
    /** There are too few repetitions to know what varies anyway. */
    TOO_FEW_REPETITIONS;

    /** Returns the name as it appears in JSON, for example {@code within_noise}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name as people read it, for example {@code within noise}. */
    public String toText() {
        return label().replace('_', ' ');
    }
}
