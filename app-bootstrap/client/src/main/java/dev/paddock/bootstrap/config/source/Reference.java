package dev.paddock.bootstrap.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys and the defaults that the {@code reference.conf} files on the class path of Paddock define. They are read line by line as long as
 * they have nothing but groups, single values and comments: the parser of HOCON has as many classes as all settings together, and most
 * clients start without a file that needs it.
 *
 * @param keys the keys that are no groups, sorted
 * @param defaults the values of the keys that are not null
 */
record Reference(List<String> keys, SettingReader.Layer defaults) {

    private static final String FILE = "reference.conf";
    private static final String ROOT = "paddock";
    private static final String NONE = "null";

    /** Read once: the class path of a class does not change. */
    private static final class OfClassPath {
        static final Reference REFERENCE = read();
    }

    static Reference ofClassPath() {
        return OfClassPath.REFERENCE;
    }

    /** Returns the same as HOCON, to which substitutions in other files may refer. */
    static Config parsed() {
        return ConfigFactory.parseResources(classLoader(), FILE).withOnlyPath(ROOT).resolve();
    }

    private static ClassLoader classLoader() {
        return Reference.class.getClassLoader();
    }

    private static Reference read() {
        Set<String> keys = new TreeSet<>();
        Map<String, String> values = new HashMap<>();
        try {
            for (URL file : Collections.list(classLoader().getResources(FILE))) {
                try (InputStream content = file.openStream()) {
                    String text = new String(content.readAllBytes(), UTF_8);
                    boolean isOfPaddock = text.contains(ROOT); // other libraries have such files, too
                    if (isOfPaddock && !addSimpleLines(text, keys, values)) {
                        return of(parsed());
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Reference(List.copyOf(keys), new FlatLayer(values, key -> FILE));
    }

    private static Reference of(Config parsed) {
        return new Reference(UnknownKeyCheck.keys(parsed), new HoconLayer(parsed));
    }

    /**
     * Adds the keys of a file, and the values of those that are not null.
     *
     * @return false if the file has a line that only the parser understands, or a key that is there already
     */
    static boolean addSimpleLines(String text, Set<String> keys, Map<String, String> values) {
        Deque<String> groups = new ArrayDeque<>();
        groups.push(""); // what the keys of the present group begin with
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            int equals = stripped.indexOf(" = ");
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            if (stripped.equals("}") && groups.size() > 1) {
                groups.pop();
            } else if (stripped.endsWith(" {") && isName(stripped.substring(0, stripped.length() - 2))) {
                groups.push(groups.getFirst() + stripped.substring(0, stripped.length() - 2) + ".");
            } else if (equals > 0 && isName(stripped.substring(0, equals))) {
                String key = groups.getFirst() + stripped.substring(0, equals);
                if (!key.startsWith(ROOT + ".") || !keys.add(key) || !addValue(key, stripped.substring(equals + 3), values)) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return groups.size() == 1;
    }

    private static boolean addValue(String key, String written, Map<String, String> values) {
        boolean isQuoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        String value = isQuoted ? written.substring(1, written.length() - 1) : written;
        boolean isSimple = isQuoted ? value.indexOf('"') < 0 && value.indexOf('\\') < 0 : hasOnly(" .-", value);
        if (isSimple && (isQuoted || !value.equals(NONE))) {
            values.put(key, value);
        }
        return isSimple;
    }

    private static boolean isName(String text) {
        return hasOnly(".-", text);
    }

    /** Returns whether a text has only letters, digits and some other characters. */
    private static boolean hasOnly(String others, String text) {
        return !text.isEmpty() && text.chars().allMatch(character ->
                character < 128 && (Character.isLetterOrDigit(character) || others.indexOf(character) >= 0));
    }
}
