package dev.paddock.bootstrap.config.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of environment variables.
 *
 * @param environment the variables by name
 */
record EnvironmentLayer(Map<String, String> environment) implements SettingReader.Layer {

    private static final EnvironmentVariable[] VARIABLES = EnvironmentVariable.values(); // every key looks for its own

    @Override
    public @Nullable ConfiguredValue find(String key) {
        for (EnvironmentVariable variable : VARIABLES) {
            String value = variable.key().equals(key) ? value(variable.name()) : null;
            if (value != null) {
                return new ConfiguredValue(value, variable::translate, origin(variable.name()));
            }
        }
        return null;
    }

    @Override
    public @Nullable String variable(String name) {
        return value(name);
    }

    @Override
    public boolean isOfPaddock() {
        return false;
    }

    /**
     * Returns the value of a variable without the spaces and quotes around it, which Ollama's server drops as well; null if
     * nothing is left.
     */
    @Nullable String value(String name) {
        String value = environment.getOrDefault(name, "").strip().replaceAll("^[\"']+|[\"']+$", "").strip();
        return value.isEmpty() ? null : value;
    }

    static String origin(String name) {
        return "environment variable " + name;
    }
}
