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
        requireAtMost(SettingKey.POOL_IDLE_LIFETIME, SettingKey.POOL_TOTAL_LIFETIME);
        requireAtMost(SettingKey.TIMEOUTS_CONNECT, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.TIMEOUTS_TLS, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.TIMEOUTS_SEND, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.TIMEOUTS_HEAD, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.TIMEOUTS_LOOKUP, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.TIMEOUTS_FRAME_GAP, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.TIMEOUTS_READ, SettingKey.TIMEOUTS_CALL);
        requireAtMost(SettingKey.POOL_LEASE_TIMEOUT, SettingKey.TIMEOUTS_CALL);
    }

    private void requireAtMost(SettingKey shorter, SettingKey longer) {
        ConfiguredValue first = reader.chosen(shorter);
        ConfiguredValue second = reader.chosen(longer);
        if (first == null || second == null) {
            return;
        }
        try {
            Duration duration = ValueParsers.duration().read(first.text());
            if (duration.compareTo(ValueParsers.duration().read(second.text())) > 0) {
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
