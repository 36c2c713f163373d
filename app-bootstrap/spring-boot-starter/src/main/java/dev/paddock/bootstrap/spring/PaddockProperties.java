package dev.paddock.bootstrap.spring;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.value.EffectiveSetting;
import dev.paddock.domain.pool.PoolProfile;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code paddock.*} as {@code /actuator/configprops} shows them: a tree with every key and the value in force, also where it is a
 * default or comes from another source than Spring's. Secrets are hidden. {@code reference.conf} defines the keys, and the loader reads them.
 * Of what Spring binds to this map only the origins are used, which Spring keeps for itself. Immutable.
 */
@ConfigurationProperties("paddock")
final class PaddockProperties extends AbstractMap<String, Object> {

    private final ConfigurationLoader configuration;

    PaddockProperties(ConfigurationLoader configuration) {
        this.configuration = requireNonNull(configuration, "configuration");
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return Collections.unmodifiableMap(tree()).entrySet();
    }

    /** Adds nothing: what Spring binds are the values that the loader reads. */
    @Override
    public void putAll(Map<? extends String, ? extends Object> bound) {}

    /** Returns the values that are set, by the parts of their keys. */
    private Map<String, Object> tree() {
        Map<String, Object> values = new TreeMap<>();
        for (EffectiveSetting setting : configuration.effective(PoolProfile.DEFAULT)) {
            if (setting.value() != null) {
                String[] names = setting.key().split("\\.", -1);
                Map<String, Object> group = values;
                for (int part = 1; part < names.length - 1; part++) { // the first is the prefix
                    group = group(group, names[part]);
                }
                group.put(names[names.length - 1], setting.value());
            }
        }
        return values;
    }

    @SuppressWarnings("unchecked") // a key is either a group or a value
    private static Map<String, Object> group(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, missing -> new TreeMap<String, Object>());
    }
}
