package dev.paddock.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Makes configuration, in which each value knows its origin, of values by key. */
final class FlatConfig {

    private FlatConfig() {}

    /**
     * Returns the values whose keys begin with {@code paddock.}.
     *
     * @param values the values by key
     * @param origin tells for a key where its value comes from
     */
    static Config of(Map<String, String> values, UnaryOperator<String> origin) {
        Config config = ConfigFactory.empty();
        // Sorted, so that a value given to a whole group comes before the group's keys and is seen, not overwritten.
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("paddock.")) {
                config = config.withFallback(ConfigValueFactory.fromAnyRef(entry.getValue(), origin.apply(key))
                        .atPath(ConfigUtil.joinPath(key.split("\\.", -1))));
            }
        }
        return config;
    }

    static String systemProperty(String name) {
        return "system property " + name;
    }
}
