package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties of an application that begin with {@code paddock.}, as values of Paddock's configuration: names are relaxed, placeholders
 * are replaced, and of several property sources the first wins, for a list as a whole. An empty value counts as not set. Unknown names are
 * kept, so that they are reported; only those of environment variables are not, because they may be meant for other programs, unless they
 * are elements of a list of Paddock. Used by one thread.
 */
final class EnvironmentSettings {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("paddock");

    private final PropertySourcesPlaceholdersResolver placeholders;
    private final Map<ConfigurationPropertyName, String> keys;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> origins = new HashMap<>();
    private final Map<ConfigurationPropertyName, Integer> places = new HashMap<>(); // of the sources that set keys, or lists
    private int place; // of the source that is read

    private EnvironmentSettings(ConfigurableEnvironment environment) {
        this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
        this.keys = ConfigurationLoader.keys().stream().collect(Collectors.toMap(ConfigurationPropertyName::of, key -> key));
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            read(source);
            place++;
        }
    }

    /** Returns a loader with the properties of the environment as overrides. */
    static ConfigurationLoader addTo(ConfigurationLoader loader, ConfigurableEnvironment environment) {
        EnvironmentSettings settings = new EnvironmentSettings(environment);
        return loader.withOverrides(key -> settings.origins.getOrDefault(key, "Spring environment"), settings.values);
    }

    private void read(ConfigurationPropertySource source) {
        if (source.containsDescendantOf(PREFIX) == ConfigurationPropertyState.ABSENT) {
            return; // most sources have no property of Paddock, and there are many keys
        }
        keys.forEach((name, key) -> {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                add(name, key, source, property);
            }
        });
        boolean isOfProcess = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        if (source instanceof IterableConfigurationPropertySource iterable) {
            names(iterable).filter(name -> !keys.containsKey(name) && (!isOfProcess || keys.containsKey(list(name)))).forEach(name -> {
                ConfigurationProperty property = iterable.getConfigurationProperty(name);
                if (property != null) {
                    add(list(name), key(name), source, property);
                }
            });
        }
    }

    private static Stream<ConfigurationPropertyName> names(IterableConfigurationPropertySource source) {
        return source.stream().filter(PREFIX::isAncestorOf);
    }

    private void add(
            ConfigurationPropertyName owner, String key, ConfigurationPropertySource source, ConfigurationProperty property) {
        if (places.computeIfAbsent(owner, first -> place) < place) {
            return; // an earlier source has set it
        }
        String value = text(placeholders.resolvePlaceholders(property.getValue()));
        if (!value.isEmpty()) {
            values.put(key, value);
            origins.put(key, origin(property, source));
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(EnvironmentSettings::text).collect(Collectors.joining(","));
        }
        return value == null ? "" : value.toString().strip();
    }

    private static String origin(ConfigurationProperty property, ConfigurationPropertySource source) {
        if (property.getOrigin() != null) {
            return property.getOrigin().toString();
        }
        return source.getUnderlyingSource() instanceof PropertySource<?> named ? named.getName() : "Spring environment";
    }

    /** Returns the name of the list to which a name belongs, or the name itself. */
    private static ConfigurationPropertyName list(ConfigurationPropertyName name) {
        for (int element = 0; element < name.getNumberOfElements(); element++) {
            if (name.isNumericIndex(element)) {
                return name.chop(element);
            }
        }
        return name;
    }

    /** Returns the key of a name; that of a list may be written in other words than in environment variables. */
    private String key(ConfigurationPropertyName name) {
        ConfigurationPropertyName list = list(name);
        String known = keys.get(list);
        return known == null ? path(name) : known + "." + path(name.subName(list.getNumberOfElements()));
    }

    /** Returns a name as words that are joined by dashes, with the index of a list element as a word. */
    private static String path(ConfigurationPropertyName name) {
        return Stream.iterate(0, element -> element < name.getNumberOfElements(), element -> element + 1)
                .map(element -> name.getElement(element, Form.ORIGINAL).replaceAll("([a-z0-9])([A-Z])", "$1-$2"))
                .map(word -> word.replace('_', '-').toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("."));
    }
}
