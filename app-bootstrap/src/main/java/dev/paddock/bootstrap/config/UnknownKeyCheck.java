package dev.paddock.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds keys that nobody will ever read, because they are misspelt or not where they belong. Values are never
 * repeated.
 */
final class UnknownKeyCheck {

    private static final List<String> KEYS = Arrays.stream(SettingKey.values()).map(SettingKey::path).toList();
    private static final List<String> GROUPS = KEYS.stream()
            .map(path -> path.substring(0, path.lastIndexOf('.')))
            .distinct()
            .toList();
    private static final List<String> WORDS = Stream.concat(KEYS.stream(), GROUPS.stream()).toList();

    private final Consumer<ConfigurationProblem> problems;

    UnknownKeyCheck(Consumer<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /** Reports what is wrong with the keys under {@code paddock}; other keys are other people's. */
    void check(Config config) {
        ConfigValue root = config.root().get(SettingKey.ROOT);
        if (root != null) {
            checkValue(SettingKey.ROOT, root);
        }
    }

    private void checkValue(String path, ConfigValue value) {
        if (KEYS.contains(path)) {
            return;
        }
        if (!GROUPS.contains(path)) {
            report(path, "is not a key of Paddock" + suggestion(path), value);
            return;
        }
        if (value instanceof ConfigObject group) {
            new TreeMap<>(group).forEach((name, child) -> checkValue(path + "." + ConfigUtil.joinPath(name), child));
            return;
        }
        if (value.valueType() != ConfigValueType.NULL) {
            report(path, "is a group of keys, but has a single value", value);
        }
    }

    private void report(String path, String message, ConfigValue value) {
        problems.accept(new ConfigurationProblem(path, message, ConfiguredValue.describe(value.origin())));
    }

    private static String suggestion(String path) {
        String nearest = SpellingSuggestion.nearest(path, WORDS);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }
}
