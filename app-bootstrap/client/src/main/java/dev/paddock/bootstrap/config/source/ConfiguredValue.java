package dev.paddock.bootstrap.config.source;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import java.util.function.UnaryOperator;

/**
 * A value that a source gives to a key. Its text form does not show the value, which may be secret.
 *
 * @param raw the value as it was written
 * @param translation turns it into the text that the key takes, or throws {@link InvalidValueException}
 * @param origin where it was set
 */
record ConfiguredValue(String raw, UnaryOperator<String> translation, String origin) {

    /** Returns the value that a configuration file or a system property sets. */
    static ConfiguredValue of(ConfigValue value) {
        String origin = describe(value.origin());
        ConfigValueType type = value.valueType();
        if (type == ConfigValueType.OBJECT || type == ConfigValueType.LIST) {
            String kind = type == ConfigValueType.LIST ? "a list" : "a group of keys";
            return new ConfiguredValue(SecretText.render(value), raw -> {
                throw new InvalidValueException("is " + kind + ", but takes a single value");
            }, origin);
        }
        return of(String.valueOf(value.unwrapped()), origin);
    }

    /** Returns a single value. */
    static ConfiguredValue of(String text, String origin) {
        return new ConfiguredValue(text.strip(), ConfiguredValue::requirePresent, origin);
    }

    /** Returns the value as it was written, for people to read; a secret is hidden. */
    String shown(String key) {
        return SecretText.shown(key, raw);
    }

    /** Returns the text that the key takes. */
    String text() {
        return translation.apply(raw);
    }

    /**
     * Returns an origin as text: file and line, or the name of a variable or a property.
     */
    static String describe(ConfigOrigin origin) {
        if (origin.filename() != null && origin.lineNumber() > 0) {
            return origin.filename() + ":" + origin.lineNumber();
        }
        return origin.description();
    }

    @Override
    public String toString() {
        return "ConfiguredValue[" + origin + "]";
    }

    private static String requirePresent(String text) {
        if (text.isEmpty()) {
            throw new InvalidValueException("is empty; leave it out instead");
        }
        return text;
    }
}
