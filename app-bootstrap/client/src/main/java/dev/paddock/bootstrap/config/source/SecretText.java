package dev.paddock.bootstrap.config.source;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values as text without the secrets in them. */
final class SecretText {

    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET_KEY = Pattern.compile(".*(apikey|keyhashes|password|secret|token|otlpheaders|proxyuser)");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");
    private static final Pattern CREDENTIALS = Pattern.compile("//\\S*@");

    private SecretText() {}

    /** Returns the value of a key, hidden if the key is that of a secret; credentials in a URL are hidden, too. */
    static String shown(String key, String value) {
        if (key.endsWith("proxy.url") && value.indexOf('@') >= 0) {
            int scheme = value.indexOf("//");
            int end = value.lastIndexOf('@'); // a password may have one
            return value.substring(0, scheme >= 0 && scheme < end ? scheme + 2 : 0) + HIDDEN + value.substring(end);
        }
        return isSecret(key) ? HIDDEN : CREDENTIALS.matcher(value).replaceAll("//" + HIDDEN + "@");
    }

    /** Returns a list or an object as one line of JSON. */
    static String render(ConfigValue value) {
        return withoutSecrets(value).render(ConfigRenderOptions.concise());
    }

    private static ConfigValue withoutSecrets(ConfigValue value) {
        if (value instanceof ConfigList list) {
            List<ConfigValue> elements = list.stream().map(SecretText::withoutSecrets).toList();
            return ConfigValueFactory.fromIterable(elements);
        }
        if (value instanceof ConfigObject object) {
            Map<String, Object> fields = new TreeMap<>();
            object.forEach((name, field) -> fields.put(name, isSecret(name) ? HIDDEN : withoutSecrets(field)));
            return ConfigValueFactory.fromMap(fields);
        }
        return value;
    }

    private static boolean isSecret(String key) {
        // Names may have other separators than keys, such as those of environment variables.
        return SECRET_KEY.matcher(SEPARATORS.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("")).matches();
    }
}
