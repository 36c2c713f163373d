package dev.paddock.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.jspecify.annotations.Nullable;

/**
 * The values in a file, or in what was made to look like one.
 *
 * @param config the values, without open substitutions
 */
record HoconLayer(Config config) implements SettingsLayer {

    @Override
    public @Nullable ConfiguredValue find(String key) {
        ConfigValue value = config.root();
        for (String name : ConfigUtil.splitPath(key)) {
            value = value instanceof ConfigObject group ? group.get(name) : null;
        }
        return value == null || value.valueType() == ConfigValueType.NULL ? null : ConfiguredValue.of(value);
    }
}
