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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs the other commands once, against a gateway and a simulator, while the JVM records which classes the launcher archives. */
@Command(name = "train", description = "Runs the other commands once, for the launcher.")
final class TrainCommand extends CliCommand {

    private static final String MODEL = "llama3.2";

    @Override
    protected ExitStatus run() {
        SimulatorSettings immediately = SimulatorSettings.builder()
                .port(0)
                .loadTime(Duration.ZERO)
                .promptTime(Duration.ZERO)
                .tokenInterval(Duration.ofMillis(1))
                .build();
        Terminal silent = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), TerminalTraits.NONE);
        try (OllamaSimulator server = OllamaSimulator.start(immediately);
                PaddockGateway gateway = startGateway(server.baseUrl(), silent)) {
            Cli cli = new Cli(new CliContext(silent, Map.of(), SessionFactory.ofDefaults()));
            commands(gateway.baseUrl()).forEach(arguments -> run(cli, arguments));
        }
        return ExitStatus.OK;
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

    private static List<String[]> commands(String gateway) {
        return List.of(
                words("serve --help"),
                words("models --base-url " + gateway),
                words("models --json --base-url " + gateway),
                words("ps --base-url " + gateway),
                words("show --base-url " + gateway + " " + MODEL),
                words("generate --base-url " + gateway + " -m " + MODEL + " Hello"),
                words("chat --base-url " + gateway + " -m " + MODEL + " Hello"),
                words("chat --base-url " + gateway + " --no-stream --json -m " + MODEL + " Hello"),
                words("embed --base-url " + gateway + " -m nomic-embed-text Hello"),
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
