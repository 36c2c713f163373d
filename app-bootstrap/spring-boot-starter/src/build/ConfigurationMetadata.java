import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the metadata of Spring's properties for editors. The build runs it. Its one source is {@code reference.conf}: keys, defaults and,
 * from the comments, descriptions. The type of a key and the values of an enumeration come from the message about a wrong value.
 */
final class ConfigurationMetadata {

    private static final String WRONG = "?";
    private static final String OWNER = quote("dev.paddock.bootstrap.spring.PaddockProperties");
    private static final String KNOWN = "which is not known; allowed are ";

    private ConfigurationMetadata() {}

    /** Writes the file that the only argument names. */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Config reference = ConfigFactory.parseResources(ConfigurationLoader.class.getClassLoader(), "reference.conf").resolve();
        List<String> properties = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        for (String key : ConfigurationLoader.keys()) {
            String message = messageAbout(key);
            properties.add(property(key, find(reference, key), message));
            if (message.contains(KNOWN)) {
                hints.add(hint(key, message));
            }
        }
        Files.createDirectories(target.getParent());
        Files.writeString(target, "{\n  \"groups\": [\n    {\"name\": \"paddock\", \"type\": " + OWNER + ", \"sourceType\": " + OWNER
                + "}\n  ],\n  \"properties\": [\n" + String.join(",\n", properties) + "\n  ],\n  \"hints\": [\n"
                + String.join(",\n", hints) + "\n  ]\n}\n");
    }

    private static ConfigValue find(Config reference, String key) {
        ConfigValue value = reference.root();
        for (String name : ConfigUtil.splitPath(key)) {
            value = ((ConfigObject) value).get(name);
        }
        return value;
    }

    /** Returns what is wrong with a value that only texts may have; empty for texts. */
    private static String messageAbout(String key) {
        try {
            ConfigurationLoader.ofDefaults()
                    .withTransports(Transports.names())
                    .withOverrides("build", Map.of(key, WRONG))
                    .load();
            return "";
        } catch (ConfigurationException wrong) {
            return wrong.problems().stream().map(ConfigurationProblem::toString).collect(Collectors.joining());
        }
    }

    private static String property(String key, ConfigValue value, String message) {
        String description = value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
        if (description.isEmpty()) {
            throw new IllegalStateException("reference.conf does not describe " + key);
        }
        String type = type(key, message);
        Object plain = value.unwrapped();
        String byDefault = plain == null ? "" : ", \"defaultValue\": " + (plain instanceof String ? quote(plain.toString()) : plain);
        return "    {\"name\": " + quote(key) + ", \"type\": " + quote(type) + ", \"sourceType\": " + OWNER
                + ", \"description\": " + quote(description) + byDefault + "}";
    }

    private static String type(String key, String message) {
        if (message.contains(key + "[")) {
            return "java.util.List<java.util.Map<java.lang.String,java.lang.String>>";
        }
        if (message.contains("not a whole number")) {
            return "java.lang.Integer";
        }
        if (message.contains("not a number")) {
            return "java.lang.Double";
        }
        if (message.contains("a time without a unit")) {
            return "java.time.Duration";
        }
        if (message.contains("allowed are true")) {
            return "java.lang.Boolean";
        }
        boolean isText = message.isEmpty() || message.contains(KNOWN) || message.contains("not a size") || message.contains("is not usable")
                || message.contains("is set without"); // another key
        if (!isText) {
            throw new IllegalStateException("no type for: " + message);
        }
        return "java.lang.String"; // sizes, too: Spring's notation of sizes has other units
    }

    private static String hint(String key, String message) {
        String allowed = message.substring(message.indexOf(KNOWN) + KNOWN.length(), message.lastIndexOf(" ["));
        String values = Arrays.stream(allowed.split(", ")).map(value -> "{\"value\": " + quote(value) + "}").collect(Collectors.joining(", "));
        // An application can have a transport of its own.
        String providers = key.equals("paddock.transport") ? ", \"providers\": [{\"name\": \"any\"}]" : "";
        return "    {\"name\": " + quote(key) + ", \"values\": [" + values + "]" + providers + "}";
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
