package dev.paddock.bootstrap.config.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds keys that no setting reads, because they are misspelt or in the wrong group. A key is known if {@code reference.conf}
 * defines it. Messages never contain a value.
 */
final class UnknownKeyCheck {

    /** The gateway brings these keys; a client without it shares the configuration file and cannot check them. */
    private static final Set<String> GATEWAY = Set.of("paddock.gateway", "paddock.otlp");

    private final List<String> keys;
    private final List<String> groups;
    private final List<String> words;
    private final SettingReader.Problems problems;

    UnknownKeyCheck(List<String> keys, SettingReader.Problems problems) {
        this.keys = keys;
        this.groups = keys.stream().map(path -> path.substring(0, path.lastIndexOf('.'))).distinct().toList();
        this.words = Stream.concat(keys.stream(), groups.stream()).toList();
        this.problems = problems;
    }

    /** Returns the keys that are no groups, sorted. */
    static List<String> keys(Config reference) {
        List<String> keys = new ArrayList<>();
        collectKeys("", reference.root(), keys);
        return keys.stream().sorted().toList();
    }

    private static void collectKeys(String prefix, ConfigObject group, List<String> keys) {
        group.forEach((name, value) -> {
            if (value instanceof ConfigObject nested) {
                collectKeys(prefix + name + ".", nested, keys);
            } else {
                keys.add(prefix + name);
            }
        });
    }

    /** Reports unknown keys under {@code paddock}; other keys belong to the application. */
    void check(Config config) {
        ConfigValue root = config.root().get("paddock");
        if (root != null) {
            checkValue("paddock", root);
        }
    }

    private void checkValue(String path, ConfigValue value) {
        if (keys.contains(path) || (GATEWAY.contains(path) && !groups.contains(path))) {
            return;
        }
        if (!groups.contains(path)) {
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
        problems.report(path, message, ConfiguredValue.describe(value.origin()));
    }

    private String suggestion(String path) {
        String nearest = SpellingSuggestion.nearest(path, words);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }
}
