package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.wire.json.PlainJson;

/** Reads the value of an option of a model: a JSON value where it is one, or else a text as it stands. */
final class OptionValueParser {

    private OptionValueParser() {}

    static Object parse(String name, String text) {
        if (text.isEmpty()) {
            throw new UsageException("--option " + name + " has no value; write " + name + "=VALUE");
        }
        Object value;
        try {
            value = PlainJson.fromText(text);
        } catch (IllegalArgumentException notJson) {
            if (text.startsWith("[") || text.startsWith("{") || text.startsWith("\"")) {
                throw new UsageException("--option " + name + " begins like JSON and is none");
            }
            return text;
        }
        if (value == null) {
            throw new UsageException("--option " + name + " cannot be null; leave it out instead");
        }
        return value;
    }
}
