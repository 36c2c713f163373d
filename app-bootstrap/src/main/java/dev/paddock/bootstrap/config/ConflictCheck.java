package dev.paddock.bootstrap.config;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds times that can never be reached, because another one always ends first. Only what somebody chose can be in
 * conflict: a default silently gives way.
 */
final class ConflictCheck {

    private final SettingReader reader;
    private final Consumer<ConfigurationProblem> problems;

    ConflictCheck(SettingReader reader, Consumer<ConfigurationProblem> problems) {
        this.reader = reader;
        this.problems = problems;
    }

    /** Reports every conflict. */
    void check() {
        requireAtMost(Key.POOL_IDLE_LIFETIME, Key.POOL_TOTAL_LIFETIME);
        requireAtMost(Key.TIMEOUTS_CONNECT, Key.TIMEOUTS_CALL);
        requireAtMost(Key.TIMEOUTS_TLS, Key.TIMEOUTS_CALL);
        requireAtMost(Key.TIMEOUTS_SEND, Key.TIMEOUTS_CALL);
        requireAtMost(Key.TIMEOUTS_HEAD, Key.TIMEOUTS_CALL);
        requireAtMost(Key.TIMEOUTS_LOOKUP, Key.TIMEOUTS_CALL);
        requireAtMost(Key.TIMEOUTS_FRAME_GAP, Key.TIMEOUTS_CALL);
        requireAtMost(Key.TIMEOUTS_READ, Key.TIMEOUTS_CALL);
        requireAtMost(Key.POOL_LEASE_TIMEOUT, Key.TIMEOUTS_CALL);
    }

    private void requireAtMost(Key shorter, Key longer) {
        Setting first = reader.chosen(shorter);
        Setting second = reader.chosen(longer);
        if (first == null || second == null) {
            return;
        }
        try {
            Duration duration = ValueTypes.duration().read(first.text());
            if (duration.compareTo(ValueTypes.duration().read(second.text())) > 0) {
                String obstacle = longer.path() + " is " + second.text() + " (" + second.origin() + ")";
                problems.accept(new ConfigurationProblem(
                        shorter.path(),
                        "is " + first.text() + ", which can never be reached: " + obstacle,
                        first.origin()));
            }
        } catch (InvalidValueException reportedBefore) {
            return;
        }
    }
}
