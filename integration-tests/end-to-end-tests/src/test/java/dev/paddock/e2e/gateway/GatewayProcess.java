package dev.paddock.e2e.gateway;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * A gateway in a process of its own. Its argument is the URL of the model server, system properties may set keys. Prints its port, and ends
 * with its input.
 */
public final class GatewayProcess {

    private GatewayProcess() {}

    /**
     * Starts the process.
     *
     * @param launcher the command that runs the one after it, may be empty
     * @param options the options of the JVM
     * @param classPath the class path of this process, or that of {@link #jars}
     * @param errors receives the standard error
     */
    public static Process start(List<String> launcher, List<String> options, String classPath, String upstream, Path errors)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, GatewayProcess.class.getName(), upstream));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    /** Returns the class path of this process with directories packed into jars, as an installed gateway has it. */
    static String jars(Path directory) {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(part))) {
                String packed = directory.resolve(parts.size() + ".jar").toString();
                if (jar.run(System.out, System.err, "--create", "--no-compress", "--file", packed, "-C", part, ".") != 0) {
                    throw new IllegalStateException("cannot pack " + part);
                }
                parts.add(packed);
            } else {
                parts.add(part);
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("paddock."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withSystemProperties(properties)
                .withEnvironment(Map.of("OLLAMA_BASE_URL", arguments[0]))
                .withOverrides("the test", Map.of("paddock.gateway.port", "0"));
        try (PaddockGateway gateway = PaddockGateway.start(loader)) {
            System.out.println(gateway.baseUrl().substring(gateway.baseUrl().lastIndexOf(':') + 1));
            int unused = System.in.read();
        }
    }
}
