package dev.paddock.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * The system properties that begin with {@code paddock.}, as configuration in which each value knows its property.
 */
final class SystemProperties {

    private SystemProperties() {}

    static Config toConfig(Map<String, String> properties) {
        Config config = ConfigFactory.empty();
        // Sorted, so that a value given to a whole group comes before the group's keys and is seen, not overwritten
        // by them.
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            if (property.getKey().startsWith(Key.ROOT + ".")) {
                config = config.withFallback(toConfig(property.getKey(), property.getValue()));
            }
        }
        return config;
    }

    static String origin(String name) {
        return "system property " + name;
    }

    private static Config toConfig(String name, String value) {
        return ConfigValueFactory.fromAnyRef(value, origin(name)).atPath(ConfigUtil.joinPath(name.split("\\.", -1)));
    }
}
