package dev.paddock.bootstrap.config;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds times that can never be reached, because another one always ends first. Only what somebody chose can be in
 * conflict: a default silently gives way.
 */
final class UnreachableTimeoutCheck {

    private final SettingReader reader;
    private final Consumer<ConfigurationProblem> problems;

    UnreachableTimeoutCheck(SettingReader reader, Consumer<ConfigurationProblem> problems) {
        this.reader = reader;
        this.problems = problems;
    }

    /** Reports every conflict. */
    void check() {
        requireAtMost("paddock.pool.idle-lifetime", "paddock.pool.total-lifetime");
        requireAtMost("paddock.timeouts.connect", "paddock.timeouts.call");
        requireAtMost("paddock.timeouts.tls", "paddock.timeouts.call");
        requireAtMost("paddock.timeouts.send", "paddock.timeouts.call");
        requireAtMost("paddock.timeouts.head", "paddock.timeouts.call");
        requireAtMost("paddock.timeouts.lookup", "paddock.timeouts.call");
        requireAtMost("paddock.timeouts.frame-gap", "paddock.timeouts.call");
        requireAtMost("paddock.timeouts.read", "paddock.timeouts.call");
        requireAtMost("paddock.pool.lease-timeout", "paddock.timeouts.call");
    }

    private void requireAtMost(String shorter, String longer) {
        ConfiguredValue first = reader.chosen(shorter);
        ConfiguredValue second = reader.chosen(longer);
        if (first == null || second == null) {
            return;
        }
        try {
            Duration duration = ValueParsers.duration().read(first.text());
            if (duration.compareTo(ValueParsers.duration().read(second.text())) > 0) {
                String obstacle = longer + " is " + second.text() + " (" + second.origin() + ")";
                problems.accept(new ConfigurationProblem(
                        shorter,
                        "is " + first.text() + ", which can never be reached: " + obstacle,
                        first.origin()));
            }
        } catch (InvalidValueException reportedBefore) {
            return;
        }
    }
}
