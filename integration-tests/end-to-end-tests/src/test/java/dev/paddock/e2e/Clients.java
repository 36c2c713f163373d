package dev.paddock.e2e;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.util.HashMap;
import java.util.Map;

/** Clients as an application starts them, with an environment of the test's own. */
final class Clients {

    private Clients() {}

    static Paddock start(String baseUrl, Map<String, String> environment, Map<String, String> overrides) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("OLLAMA_BASE_URL", baseUrl);
        return Paddock.start(
                ConfigurationLoader.ofDefaults().withEnvironment(variables).withOverrides("the test", overrides));
    }
}
