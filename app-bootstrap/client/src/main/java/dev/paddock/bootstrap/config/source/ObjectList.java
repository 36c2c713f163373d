package dev.paddock.bootstrap.config.source;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.paddock.bootstrap.config.value.ValueParsers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lists as values of keys. Messages never contain a value. */
final class ObjectList {

    private ObjectList() {}

    /** Returns the objects in a value; an element that is neither an object nor a text is reported. */
    static List<Element> objects(String key, ConfigValue value, String textKey, SettingReader.Problems problems) {
        List<Element> elements = new ArrayList<>();
        for (ConfigValue item : items(key, value, problems)) {
            String name = key + "[" + elements.size() + "]";
            if (item instanceof ConfigObject object) {
                elements.add(new Element(name, new HoconLayer(object.toConfig())));
            } else if (isScalar(item)) {
                ConfigObject object = item.atPath(ConfigUtil.quoteString(textKey)).root().withOrigin(item.origin());
                elements.add(new Element(name, new HoconLayer(object.toConfig())));
            } else {
                problems.report(name, "is neither a group of keys nor a single value", ConfiguredValue.describe(item.origin()));
            }
        }
        return elements;
    }

    /** Returns the texts in a value; an element that is no text is reported. */
    static List<String> texts(String key, ConfigValue value, SettingReader.Problems problems) {
        List<String> texts = new ArrayList<>();
        for (ConfigValue item : items(key, value, problems)) {
            String text = isScalar(item) ? String.valueOf(item.unwrapped()).strip() : "";
            if (text.isEmpty()) {
                problems.report(key, "has an element that is no text", ConfiguredValue.describe(item.origin()));
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    private static List<ConfigValue> items(String key, ConfigValue value, SettingReader.Problems problems) {
        if (value instanceof ConfigList list) {
            return List.copyOf(list);
        }
        if (value instanceof ConfigObject object && isIndexed(object)) {
            return object.entrySet().stream()
                    .sorted(Comparator.comparingInt(item -> Integer.parseInt(item.getKey())))
                    .map(Map.Entry::getValue)
                    .toList();
        }
        if (!isScalar(value)) {
            problems.report(key, "is a group of keys, but takes a list", ConfiguredValue.describe(value.origin()));
            return List.of();
        }
        return ValueParsers.commaSeparated().read(String.valueOf(value.unwrapped())).stream()
                .map(text -> ConfigValueFactory.fromAnyRef(text).withOrigin(value.origin()))
                .map(ConfigValue.class::cast)
                .toList();
    }

    /** Returns whether an object stands for a list, as in the system property {@code paddock.backends.0.base-url} (HOCON). */
    private static boolean isIndexed(ConfigObject object) {
        return !object.isEmpty() && object.keySet().stream().allMatch(name -> name.matches("[0-9]{1,4}"));
    }

    private static boolean isScalar(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case OBJECT, LIST, NULL -> false;
        };
    }

    /**
     * An object in a list.
     *
     * @param name its place, for example {@code paddock.backends[0]}
     * @param values its values
     */
    record Element(String name, HoconLayer values) {

        /** Reports keys that objects of the list do not have. */
        void reportUnknown(Set<String> known, SettingReader.Problems problems) {
            values.config().root().forEach((key, value) -> {
                if (!known.contains(key) && value.valueType() != ConfigValueType.NULL) {
                    String nearest = SpellingSuggestion.nearest(key, List.copyOf(new TreeSet<>(known)));
                    String suggestion = nearest == null ? "" : "; did you mean " + nearest + "?";
                    problems.report(key, "is not a key of Paddock" + suggestion, ConfiguredValue.describe(value.origin()));
                }
            });
        }
    }
}
