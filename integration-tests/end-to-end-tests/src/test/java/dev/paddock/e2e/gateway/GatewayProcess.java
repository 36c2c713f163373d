package dev.paddock.e2e.gateway;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own. Its argument is the URL of the model server. Prints its port, and ends with its input. */
final class GatewayProcess {

    private GatewayProcess() {}

    /**
     * Starts the process.
     *
     * @param launcher the command that runs the one after it, may be empty
     * @param options the options of the JVM
     * @param errors receives the standard error
     */
    static Process start(List<String> launcher, List<String> options, String upstream, Path errors) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GatewayProcess.class.getName(), upstream));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

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
