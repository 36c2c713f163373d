package dev.paddock.benchmarks.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.benchmarks.JavaProcess;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway in a process of its own, as its command starts it. */
final class GatewayProcess implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-Dguice_bytecode_gen_option=DISABLED");

    private final JavaProcess process;
    private final int port;

    private GatewayProcess(JavaProcess process) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(receive());
    }

    /** Starts a gateway with its defaults, but for the given settings, each {@code key=value}. */
    static GatewayProcess start(int serverPort, String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("http://127.0.0.1:" + serverPort));
        arguments.addAll(List.of(settings));
        return new GatewayProcess(JavaProcess.start(OPTIONS, MeasuredGateway.class, arguments));
    }

    int port() {
        return port;
    }

    ProcessUsage usage() throws IOException {
        process.send("usage");
        return ProcessUsage.parse(receive());
    }

    @Override
    public void close() {
        process.close();
    }

    private String receive() throws IOException {
        String line = process.receive();
        if (line == null) {
            throw new IOException("the gateway has ended");
        }
        return line;
    }

    /** The main class of the process: prints the port, then a line of {@link ProcessUsage} for each line that it reads. */
    static final class MeasuredGateway {

        private MeasuredGateway() {}

        /** Takes the base URL of the server, and the settings. */
        public static void main(String... arguments) throws IOException {
            List<String> settings = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
            settings.add("paddock.gateway.port=0");
            GatewayConfiguration configuration = GatewayConfiguration.load(
                    ReuseClients.loader(arguments[0], settings).withTransports(Transports.names()));
            PrintStream results = new PrintStream(System.out, true, UTF_8);
            try (PaddockGateway gateway = PaddockGateway.start(configuration, metrics ->
                    AccessLog.ofLines(configuration.gateway().monitoring().logFormat(), MeasuredGateway::drop, metrics))) {
                results.println(URI.create(gateway.baseUrl()).getPort());
                serve(new BufferedReader(new InputStreamReader(System.in, UTF_8)), results);
            }
        }

        private static void serve(BufferedReader requests, PrintStream results) throws IOException {
            for (@Nullable String line = requests.readLine(); line != null; line = requests.readLine()) {
                results.println(ProcessUsage.ofThisProcess().toLine());
            }
        }

        /** The lines are written, but not to a disk, whose speed is of no interest. */
        private static void drop(List<String> lines) {
            byte[] unused = String.join("\n", lines).getBytes(UTF_8);
        }
    }
}
