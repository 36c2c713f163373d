package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.path;
import static dev.paddock.bootstrap.config.value.ValueParsers.storeUrl;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.sharedstate.StoreAddress;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Makes the settings of shared state from keys. They are checked even when nothing is shared. */
final class SharedStateAssembly {

    private static final String USER = "paddock.shared-state.user";
    private static final String LEASES = "paddock.shared-state.leases";
    private static final int KIBIBYTE = 1 << 10;
    private static final int LARGEST_ENTRY = 1 << 28;

    private final SettingReader reader;

    SharedStateAssembly(SettingReader reader) {
        this.reader = reader;
    }

    /** Returns the settings, or null when nothing is shared. */
    @Nullable SharedStateSettings assemble() {
        StoreAddress place = reader.find("paddock.shared-state.url", storeUrl());
        String user = reader.find(USER, text());
        String password = reader.find("paddock.shared-state.password", text());
        String authorities = reader.find("paddock.shared-state.authorities", SharedStateAssembly::file);
        String prefix = reader.read("paddock.shared-state.prefix", SharedStateAssembly::prefix);
        var timeout = reader.read("paddock.shared-state.timeout", duration());
        int maxEntry = reader.read("paddock.shared-state.max-entry", bytes(KIBIBYTE, LARGEST_ENTRY));
        SharedStateSettings.Parts parts = parts();
        if (place == null) {
            return null;
        }
        String knownPassword = password == null ? place.password() : password;
        if (user != null && knownPassword == null) {
            reader.report(USER, "is set without paddock.shared-state.password, which a user needs");
            return null;
        }
        StoreAddress store = place.withUser(user == null ? place.user() : user, knownPassword).withAuthorities(authorities);
        return new SharedStateSettings(store, prefix, timeout, maxEntry, parts);
    }

    private SharedStateSettings.Parts parts() {
        boolean answers = reader.read("paddock.shared-state.answers", flag());
        boolean leases = reader.read(LEASES, flag());
        reader.requireFlag(LEASES, "paddock.cache.enabled");
        if (leases && !answers) {
            reader.report(LEASES, "is true, which needs paddock.shared-state.answers = true");
        }
        return new SharedStateSettings.Parts(answers, reader.read("paddock.shared-state.limits", flag()), leases && answers);
    }

    private static String file(String text) {
        if (!Files.isReadable(path().read(text))) {
            throw new InvalidValueException("is not usable: there is no file '" + text + "' that can be read");
        }
        return text;
    }

    private static String prefix(String text) {
        if (!SharedStateSettings.isPrefix(text)) {
            throw new InvalidValueException("is not usable: '" + text + "' is more than 100 visible ASCII characters, or has others");
        }
        return text;
    }
}
