package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the other commands once, against a gateway and a simulator, while the JVM records which classes the launcher archives. With {@code
 * --archives} it starts processes that make caches of the JVM, which hold profiles besides classes.
 */
@Command(name = "train", description = "Runs the other commands once, for the launcher.")
final class TrainCommand extends CliCommand {

    private static final String MODEL = "llama3.2";

    @Option(names = "--archives", paramLabel = "DIR", description = "Writes the caches of the JVM into a directory; needs Java 25.")
    private @Nullable Path archives;

    @Option(names = "--options", paramLabel = "OPTIONS", description = "The options of the JVM for commands that end soon.")
    private String options = "";

    @Option(names = "--server-options", paramLabel = "OPTIONS", description = "The options of the JVM for the gateway.")
    private String serverOptions = "";

    @Option(names = "--against", paramLabel = "URL", description = "Runs the commands that call a server, and nothing else.")
    private @Nullable String against;

    @Override
    protected ExitStatus run() {
        if (against != null) {
            Cli cli = cli(silent());
            calls(against).forEach(arguments -> run(cli, arguments));
            return ExitStatus.OK;
        }
        try (OllamaSimulator server = OllamaSimulator.start(settings())) {
            if (archives == null) {
                runEach(server.baseUrl());
            } else {
                ArchiveTraining training = new ArchiveTraining(archives);
                training.record("commands", words(options), "train", "--against", server.baseUrl());
                training.recordGateway("servers", words(serverOptions), server.baseUrl());
            }
        }
        return ExitStatus.OK;
    }

    private SimulatorSettings settings() {
        return SimulatorSettings.builder()
                .port(0)
                .loadTime(Duration.ZERO)
                .promptTime(Duration.ZERO)
                .tokenInterval(archives == null ? Duration.ofMillis(1) : Duration.ZERO)
                .build();
    }

    private static void runEach(String server) {
        Terminal silent = silent();
        try (PaddockGateway gateway = startGateway(server, silent)) {
            Cli cli = cli(silent);
            Stream.concat(calls(gateway.baseUrl()).stream(), others(gateway.baseUrl()).stream())
                    .forEach(arguments -> run(cli, arguments));
        }
    }

    private static Terminal silent() {
        return new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), TerminalTraits.NONE);
    }

    private static Cli cli(Terminal terminal) {
        return new Cli(new CliContext(terminal, Map.of(), SessionFactory.ofDefaults()));
    }

    private static PaddockGateway startGateway(String server, Terminal log) {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withTransports(Transports.names())
                .withOverrides("training", Map.of(ServerOptions.BASE_URL_KEY, server, "paddock.gateway.port", "0"));
        GatewayConfiguration configuration = GatewayConfiguration.load(loader);
        return PaddockGateway.start(
                configuration,
                metrics -> AccessLog.ofLines(
                        configuration.gateway().monitoring().logFormat(), lines -> lines.forEach(log::result), metrics));
    }

    private static List<String[]> calls(String server) {
        return List.of(
                words("models --base-url " + server),
                words("models --json --base-url " + server),
                words("ps --base-url " + server),
                words("show --base-url " + server + " " + MODEL),
                words("generate --base-url " + server + " -m " + MODEL + " Hello"),
                words("chat --base-url " + server + " -m " + MODEL + " Hello"),
                words("chat --base-url " + server + " --no-stream --json -m " + MODEL + " Hello"),
                words("embed --base-url " + server + " -m nomic-embed-text Hello"));
    }

    private static List<String[]> others(String gateway) {
        return List.of(
                words("serve --help"),
                words("pool --gateway " + gateway),
                words("backends --gateway " + gateway),
                words("demo --calls 4 --callers 2 --connection-cost 0"));
    }

    private static String[] words(String line) {
        return line.split(" ", -1);
    }

    private static void run(Cli cli, String... arguments) {
        int status = cli.run(arguments);
        if (status != ExitStatus.OK.code()) {
            throw new CommandFailedException(
                    "'" + String.join(" ", arguments) + "' ended with status " + status, "Run the command by itself.");
        }
    }
}
