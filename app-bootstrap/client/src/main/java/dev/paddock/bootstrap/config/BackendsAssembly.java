package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.baseUrl;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.number;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.RoutingSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the settings of several servers from keys. */
final class BackendsAssembly {

    private static final String BACKENDS = "paddock.backends";
    private static final String ALIASES = "paddock.aliases";
    private static final Set<String> ALIAS_KEYS = Set.of("name", "model", "labels");
    private static final Set<String> KEYS = Set.of("id", "base-url", "api-key", "dialect", "weight", "slots", "labels");
    private static final Pattern NAMED_URL = Pattern.compile("([A-Za-z0-9._-]+)=(https?://.*)");
    private static final int MOST_SLOTS = 100_000;

    private final SettingReader reader;
    private final ServerSettings common;
    private final RoutingSettings.Ejection ejection;

    /**
     * Creates the assembly.
     *
     * @param common the key and the dialect of servers that have none of their own
     * @param ejection when a server gets no calls for a while
     */
    BackendsAssembly(SettingReader reader, ServerSettings common, RoutingSettings.Ejection ejection) {
        this.reader = reader;
        this.common = common;
        this.ejection = ejection;
    }

    BackendsSettings assemble() {
        return new BackendsSettings(backends(), new RoutingSettings(
                reader.read("paddock.routing.poll", duration()),
                reader.read("paddock.routing.load-time", duration()),
                reader.read("paddock.routing.changes", oneOf(RoutingSettings.Changes.values())),
                reader.read("paddock.routing.affinity", oneOf(RoutingSettings.Affinity.values())),
                ejection), aliases(), false);
    }

    /** Returns the aliases: the elements with the same name are the models that it stands for, in their order. */
    private List<ModelAlias> aliases() {
        Map<String, List<ModelAlias.Target>> targets = new LinkedHashMap<>();
        for (SettingReader element : reader.objects(ALIASES, ALIAS_KEYS, "model")) {
            String name = element.find("name", text());
            String model = element.find("model", text());
            Set<String> labels = Set.copyOf(element.texts("labels"));
            if (name == null || model == null) {
                element.report(name == null ? "name" : "model", "is not set; an alias needs a name and the model that it stands for");
            } else {
                targets.computeIfAbsent(name, first -> new ArrayList<>()).add(new ModelAlias.Target(labels, model));
            }
        }
        return targets.entrySet().stream().map(entry -> new ModelAlias(entry.getKey(), entry.getValue())).toList();
    }

    private List<BackendSettings> backends() {
        List<BackendSettings> backends = new ArrayList<>();
        if (reader.precedes("paddock.base-url", BACKENDS)) {
            return backends;
        }
        Set<BackendId> ids = new HashSet<>();
        for (SettingReader element : reader.objects(BACKENDS, KEYS, "base-url")) {
            BackendSettings backend = backend(element);
            if (backend != null && ids.add(backend.id())) {
                backends.add(backend);
            } else if (backend != null) {
                element.report("id", "is " + backend.id() + ", which another backend has; give each an id of its own");
            }
        }
        return backends;
    }

    /** Returns the settings of a server, or null when its place is not known. */
    private @Nullable BackendSettings backend(SettingReader element) {
        NamedUrl place = element.find("base-url", BackendsAssembly::namedUrl);
        BackendId id = element.find("id", BackendsAssembly::backendId);
        ApiKey key = element.find("api-key", SettingsAssembly::apiKey);
        DialectName dialect = element.find("dialect", oneOf(DialectName.values()));
        Double weight = element.find("weight", number(0.001, 1000));
        Integer slots = element.find("slots", wholeNumber(0, MOST_SLOTS));
        Set<String> labels = Set.copyOf(element.texts("labels"));
        if (place == null) {
            if (!element.isSet("base-url")) {
                element.report("base-url", "is not set; each backend needs one");
            }
            return null;
        }
        BackendId ofPlace = place.id() == null ? BackendId.of(place.baseUrl()) : place.id();
        return new BackendSettings(
                id == null ? ofPlace : id,
                new ServerSettings(place.baseUrl(), key == null ? common.apiKey() : key, dialect == null ? common.dialect() : dialect),
                weight == null ? 1 : weight,
                slots == null ? 0 : slots,
                labels);
    }

    private static NamedUrl namedUrl(String text) {
        Matcher named = NAMED_URL.matcher(text);
        return named.matches()
                ? new NamedUrl(new BackendId(named.group(1)), baseUrl().read(named.group(2)))
                : new NamedUrl(null, baseUrl().read(text));
    }

    private static BackendId backendId(String text) {
        try {
            return new BackendId(text);
        } catch (InvalidRequestException invalid) {
            throw new InvalidValueException("is not usable: " + invalid.getMessage());
        }
    }

    /** The base URL of a server, and its name if that stands before it, as in {@code gpu=http://gpu:11434}. */
    private record NamedUrl(@Nullable BackendId id, BaseUrl baseUrl) {}
}
