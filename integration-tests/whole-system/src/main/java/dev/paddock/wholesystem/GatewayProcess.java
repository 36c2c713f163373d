package dev.paddock.wholesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway in a process of its own, as its command starts it. */
public final class GatewayProcess implements RunningGateway {

    private static final String COLLECT = "collect";

    private final JavaProcess process;
    private final int port;

    private GatewayProcess(JavaProcess process) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(receive());
    }

    /** Starts a gateway with a heap of 1 GiB, and its defaults but for the given settings. */
    public static GatewayProcess start(Map<String, String> settings) throws IOException {
        return start("1g", settings);
    }

    /** Starts a gateway with a heap of the given size, for example {@code 256m}. */
    public static GatewayProcess start(String heap, Map<String, String> settings) throws IOException {
        List<String> options = List.of("-Xms" + heap, "-Xmx" + heap, "-Dguice_bytecode_gen_option=DISABLED");
        List<String> arguments = settings.entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()).toList();
        return new GatewayProcess(JavaProcess.start(options, ServingMain.class, new ArrayList<>(arguments)));
    }

    @Override
    public int port() {
        return port;
    }

    /** Lets the process collect its garbage, so that its heap shows what is in use. */
    public void collectGarbage() throws IOException {
        process.send(COLLECT);
        String unused = receive();
    }

    /** Returns what the process has used since its start. */
    public ProcessUsage usage() throws IOException {
        process.send("usage");
        return ProcessUsage.parse(receive());
    }

    @Override
    public void close() {
        process.close();
        ProcessHandle unused = process.handle().onExit().join(); // its index and its port are free then
    }

    private String receive() throws IOException {
        String line = process.receive();
        if (line == null) {
            throw new IOException("the gateway has ended");
        }
        return line;
    }

    /** The main class of the process: prints the port, then a line of {@link ProcessUsage} for each line that it reads. */
    static final class ServingMain {

        private ServingMain() {}

        /** Takes the settings, each {@code key=value}. */
        public static void main(String... arguments) throws IOException {
            Map<String, String> settings = new HashMap<>();
            for (String setting : arguments) {
                int equals = setting.indexOf('=');
                settings.put(setting.substring(0, equals), setting.substring(equals + 1));
            }
            PrintStream results = new PrintStream(System.out, true, UTF_8);
            try (LocalGateway gateway = LocalGateway.start(settings, ServingMain::drop)) {
                results.println(gateway.port());
                serve(new BufferedReader(new InputStreamReader(System.in, UTF_8)), results);
            }
        }

        private static void serve(BufferedReader requests, PrintStream results) throws IOException {
            for (@Nullable String line = requests.readLine(); line != null; line = requests.readLine()) {
                if (line.equals(COLLECT)) {
                    System.gc();
                }
                results.println(ProcessUsage.ofThisProcess().toLine());
            }
        }

        /** The lines are written, but not to a disk, whose speed is of no interest. */
        private static void drop(List<String> lines) {
            byte[] unused = String.join("\n", lines).getBytes(UTF_8);
        }
    }
}
