package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.KeepAlive;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads how long a model stays loaded: a duration, {@code 0} for not at all, {@code forever} or {@code -1} for ever.
 */
final class KeepAliveConverter implements ITypeConverter<KeepAlive> {

    @Override
    public KeepAlive convert(String value) {
        return switch (value) {
            case "forever", "-1" -> KeepAlive.forever();
            case "0" -> KeepAlive.of(Duration.ZERO);
            default -> KeepAlive.of(new DurationConverter().convert(value));
        };
    }
}
