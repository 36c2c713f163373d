package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Commands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A proxy in front of the upstream. The resources of this package explain the configurations. */
enum Proxy {
    HAPROXY("haproxy", "HAProxy"),
    HAPROXY_DUTIES("haproxy-duties", "HAProxy, same duties"),
    NGINX("nginx", "nginx"),
    /** As its command starts it, with its access log. */
    PADDOCK("paddock", "Paddock, apache5"),
    /** The same, with connections to the server on the event loops of its clients. */
    PADDOCK_NETTY("paddock-netty", "Paddock, netty"),
    /** The same, with event loops over epoll. */
    PADDOCK_EPOLL("paddock-epoll", "Paddock, netty over epoll"),
    /** Its HTTP proxy. */
    VERTX("vertx", "Vert.x"),
    SPRING_CLOUD_GATEWAY("spring-cloud-gateway", "Spring Cloud Gateway"),
    /** Asked by OpenAI's API, because it relays no other paths. */
    PORTKEY("portkey", "Portkey");

    /** Where the script {@code spread} puts what it has built. */
    private static final Path PEERS = Path.of("integration-tests/benchmarks/peers");

    static final Path PORTKEY_FOLDER = Path.of("integration-tests/benchmarks/target/portkey/node_modules/@portkey-ai/gateway");

    /** The number of compiler threads stays the same, so that what they have used is known to the end. */
    private static final String SAME_COMPILERS = "-XX:-UseDynamicNumberOfCompilerThreads";

    private static final String NETTY = " -Dpaddock.transport=netty";

    private final String id;
    private final String label;

    Proxy(String id, String label) {
        this.id = id;
        this.label = label;
    }

    static Proxy named(String id) {
        return Arrays.stream(values())
                .filter(proxy -> proxy.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender " + id));
    }

    /** Returns those whose programs the script {@code gateway} installs. */
    static Set<Proxy> installed() {
        return EnumSet.range(HAPROXY, PADDOCK_NETTY);
    }

    String label() {
        return label;
    }

    /** Returns the environment variables of the command. */
    Map<String, String> environment() {
        return switch (this) {
            case PADDOCK -> Map.of("PADDOCK_JAVA_OPTS", SAME_COMPILERS + " -Dpaddock.transport=apache5");
            case PADDOCK_NETTY -> Map.of("PADDOCK_JAVA_OPTS", SAME_COMPILERS + NETTY);
            case PADDOCK_EPOLL -> Map.of(
                    "PADDOCK_JAVA_OPTS", SAME_COMPILERS + NETTY + " -Dpaddock.native-transport=true", "PADDOCK_CLASS_PATH", epollJars());
            default -> Map.of();
        };
    }

    /** Returns what its clients ask for. */
    ProxyApi api(int upstreamPort) {
        return this == PORTKEY ? ProxyApi.portkey(upstreamPort) : ProxyApi.OLLAMA;
    }

    /** Returns the command that starts it in the foreground, after writing its configuration into a directory. */
    List<String> command(Path directory, int port, int upstreamPort) throws IOException {
        String listening = Integer.toString(port);
        String upstream = Integer.toString(upstreamPort);
        return switch (this) {
            case HAPROXY, HAPROXY_DUTIES ->
                List.of("haproxy", "-db", "-q", "-f", configuration(directory, id + ".cfg", listening, upstream));
            case NGINX -> List.of("nginx", "-c", configuration(directory, "nginx.conf", listening, upstream), "-p",
                    directory.toString(), "-e", directory + "/nginx-start.log");
            case PADDOCK, PADDOCK_NETTY, PADDOCK_EPOLL ->
                List.of("./paddock", "serve", "--port", listening, "--base-url", "http://127.0.0.1:" + upstream);
            case VERTX -> java("dev.paddock.benchmarks.peers.VertxProxy", listening, upstream);
            case SPRING_CLOUD_GATEWAY -> java("dev.paddock.benchmarks.peers.SpringCloudGateway", listening, upstream);
            case PORTKEY -> List.of("node", PORTKEY_FOLDER.resolve("build/start-server.js").toString(), "--port=" + listening, "--headless");
        };
    }

    /** Returns the jars of Netty's epoll, which this process has for the gateway. */
    private static String epollJars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("-epoll-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String configuration(Path directory, String resource, String port, String upstream) throws IOException {
        Map<String, String> values = Map.of("DIRECTORY", directory.toString(), "PORT", port, "UPSTREAM", upstream);
        return Commands.write(Proxy.class, resource, values, directory.resolve(resource)).toString();
    }

    /** Returns the file with the class path of a peer that is a JVM. */
    static Path classPath(Proxy peer) {
        return PEERS.resolve(peer.id).resolve("target/classpath");
    }

    private List<String> java(String main, String... arguments) throws IOException {
        String libraries = Files.readString(classPath(this)).strip();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), SAME_COMPILERS, "-cp",
                PEERS.resolve(id).resolve("target/classes") + ":" + libraries, main));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * What a client asks a proxy for.
     *
     * @param path the path of a chat
     * @param headers the headers besides those of every request with a body
     */
    record ProxyApi(String path, Map<String, String> headers) {

        static final ProxyApi OLLAMA = new ProxyApi("/api/chat", Map.of());

        static ProxyApi portkey(int upstreamPort) {
            return new ProxyApi("/v1/chat/completions", Map.of("x-portkey-provider", "openai", "Authorization", "Bearer none",
                    "x-portkey-custom-host", "http://127.0.0.1:" + upstreamPort + "/v1"));
        }
    }
}
