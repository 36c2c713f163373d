package dev.paddock.bootstrap.config.source;

import dev.paddock.bootstrap.config.value.ValueParsers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Single values of known keys.
 *
 * @param values the values by key
 * @param origins returns where the value of a key was set
 */
record FlatLayer(Map<String, String> values, UnaryOperator<String> origins) implements SettingReader.Layer {

    /**
     * Returns a layer of the values whose keys begin with {@code paddock.}. Keys that are not known, such as those of the elements of a list,
     * make it one of HOCON.
     */
    static SettingReader.Layer of(Map<String, String> values, UnaryOperator<String> origins, Set<String> known) {
        for (String key : values.keySet()) {
            if (key.startsWith("paddock.") && !known.contains(key)) {
                return HoconLayer.of(values, origins);
            }
        }
        return new FlatLayer(values, origins);
    }

    @Override
    public @Nullable ConfiguredValue find(String key) {
        String value = values.get(key);
        return value == null ? null : ConfiguredValue.of(value, origins.apply(key));
    }

    @Override
    public @Nullable List<ObjectList.Element> objects(String key, String textKey, SettingReader.Problems problems) {
        String value = values.get(key);
        return value == null ? null : HoconLayer.of(Map.of(key, value), origins).objects(key, textKey, problems);
    }

    @Override
    public @Nullable List<String> texts(String key, SettingReader.Problems problems) {
        String value = values.get(key);
        return value == null ? null : ValueParsers.commaSeparated().read(value);
    }
}
