package dev.paddock.e2e.gateway;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.IOException;
import java.util.Map;

/** A gateway in a process of its own. Its argument is the URL of the model server. Prints its port, and ends with its input. */
final class SmallHeapGateway {

    private SmallHeapGateway() {}

    public static void main(String[] arguments) throws IOException {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_BASE_URL", arguments[0]))
                .withOverrides("the test", Map.of("paddock.gateway.port", "0"));
        try (PaddockGateway gateway = PaddockGateway.start(loader)) {
            System.out.println(gateway.baseUrl().substring(gateway.baseUrl().lastIndexOf(':') + 1));
            int unused = System.in.read();
        }
    }
}
