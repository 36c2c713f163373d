package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * Refuses wrong settings. Apart from the settings, because their parts have default values: a part that asked the whole for help
 * while it is initialised would have the whole initialised too, which needs the part.
 */
final class SettingCheck {

    private SettingCheck() {}

    static void requireNotNegative(Duration duration, String what) {
        require(!duration.isNegative(), what + " must not be negative, but is " + duration);
    }

    static void require(boolean valid, String message) {
        if (!valid) {
            throw new InvalidRequestException(message, ErrorFacts.NONE);
        }
    }
}
