package dev.paddock.bootstrap.config;

import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.PoolProfile;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values that a profile of the pool stands for.
 *
 * @param profile the profile
 */
record ProfileLayer(PoolProfile profile) implements SettingsLayer {

    @Override
    public @Nullable ConfiguredValue find(String key) {
        PoolLimits limits = profile.limits();
        return switch (key) {
            case "paddock.pool.hosts" -> setting(String.valueOf(limits.hosts()));
            case "paddock.pool.connections-per-host" -> setting(String.valueOf(limits.connectionsPerHost()));
            case "paddock.pool.when-full" -> setting(ValueParsers.label(limits.whenFull()));
            default -> null;
        };
    }

    private ConfiguredValue setting(String value) {
        return new ConfiguredValue(value, UnaryOperator.identity(), "pool profile " + profile.label());
    }
}
