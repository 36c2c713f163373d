package dev.paddock.bootstrap.config.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of a configuration file, or of a map of keys.
 *
 * @param config the values, without open substitutions
 */
record HoconLayer(Config config) implements SettingReader.Layer {

    /**
     * Returns a layer of the values whose keys begin with {@code paddock.}.
     *
     * @param values the values by key
     * @param origin returns where the value of a key was set
     */
    static HoconLayer of(Map<String, String> values, UnaryOperator<String> origin) {
        Config config = ConfigFactory.empty();
        // Sorted: a value given to a whole group comes before the keys of that group, is reported and not overwritten.
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("paddock.")) {
                config = config.withFallback(ConfigValueFactory.fromAnyRef(entry.getValue(), origin.apply(key))
                        .atPath(ConfigUtil.joinPath(key.split("\\.", -1))));
            }
        }
        return new HoconLayer(config);
    }

    @Override
    public @Nullable ConfiguredValue find(String key) {
        ConfigValue value = value(key);
        return value == null ? null : ConfiguredValue.of(value);
    }

    @Override
    public @Nullable List<ObjectList.Element> objects(String key, String textKey, SettingReader.Problems problems) {
        ConfigValue value = value(key);
        return value == null ? null : ObjectList.objects(key, value, textKey, problems);
    }

    @Override
    public @Nullable List<String> texts(String key, SettingReader.Problems problems) {
        ConfigValue value = value(key);
        return value == null ? null : ObjectList.texts(key, value, problems);
    }

    @Override
    public String origin() {
        return ConfiguredValue.describe(config.origin());
    }

    private @Nullable ConfigValue value(String key) {
        ConfigValue value = config.root();
        for (String name : ConfigUtil.splitPath(key)) {
            value = value instanceof ConfigObject group ? group.get(name) : null;
        }
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }
}
