package dev.paddock.bootstrap.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Collects what a test sets, and loads it. */
final class TestingSources {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new HashMap<>();

    TestingSources environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    TestingSources property(String name, String value) {
        systemProperties.put(name, value);
        return this;
    }

    TestingSources file(Path directory, String text) {
        try {
            return property(
                    "config.file",
                    Files.writeString(directory.resolve("paddock.conf"), text).toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    PaddockSettings load() {
        return loader().load();
    }

    ConfigurationLoader loader() {
        return ConfigurationLoader.ofDefaults()
                .withEnvironment(environment)
                .withSystemProperties(systemProperties);
    }
}
