package dev.paddock.adapters.http.sim.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A model's name, {@code [host/][namespace/]model[:tag]}, with its defaults filled in.
 *
 * @param host such as {@code registry.ollama.ai}
 * @param namespace such as {@code library}
 * @param model empty when the name was not valid
 * @param tag such as {@code latest}
 */
public record SimulatedModelName(String host, String namespace, String model, String tag) {
    private static final String DEFAULT_HOST = "registry.ollama.ai";
    private static final String DEFAULT_NAMESPACE = "library";
    private static final String DEFAULT_TAG = "latest";
    private static final Pattern HOST = Pattern.compile("\\w[\\w.:-]{0,349}");
    private static final Pattern NAMESPACE = Pattern.compile("\\w[\\w-]{0,79}");
    private static final Pattern PART = Pattern.compile("\\w[\\w.-]{0,79}");

    public static SimulatedModelName parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean tagged = colon > text.lastIndexOf('/');
        String tag = tagged ? text.substring(colon + 1) : DEFAULT_TAG;
        String path = tagged ? text.substring(0, colon) : text;
        String[] parts = path.split("/", -1);
        return switch (parts.length) {
            case 1 -> new SimulatedModelName(DEFAULT_HOST, DEFAULT_NAMESPACE, parts[0], tag);
            case 2 -> new SimulatedModelName(DEFAULT_HOST, parts[0], parts[1], tag);
            case 3 -> new SimulatedModelName(parts[0], parts[1], parts[2], tag);
            default -> new SimulatedModelName(DEFAULT_HOST, DEFAULT_NAMESPACE, "", tag);
        };
    }

    public boolean isValid() {
        return HOST.matcher(host).matches() && NAMESPACE.matcher(namespace).matches()
            && PART.matcher(model).matches() && PART.matcher(tag).matches();
    }

    /** The whole name, as messages about capabilities show it. */
    public String full() {
        return host + "/" + namespace + "/" + model + ":" + tag;
    }

    /** The name without defaults but with its tag, as lists show it. */
    public String brief() {
        String name = model + ":" + tag;
        if (!host.equals(DEFAULT_HOST)) {
            return host + "/" + namespace + "/" + name;
        }
        return namespace.equals(DEFAULT_NAMESPACE) ? name : namespace + "/" + name;
    }

    /** What two names have in common when they mean the same model. */
    public String key() {
        return full().toLowerCase(Locale.ROOT);
    }
}
