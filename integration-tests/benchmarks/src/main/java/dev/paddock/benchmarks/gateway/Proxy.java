package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A proxy in front of the upstream. The resources of this package explain the configurations. */
enum Proxy {
    HAPROXY("HAProxy", "haproxy.cfg"),
    HAPROXY_DUTIES("HAProxy, same duties", "haproxy-duties.cfg"),
    NGINX("nginx", "nginx.conf"),
    /** As its command starts it, with its access log. */
    PADDOCK("Paddock", ""),
    /** The same, with connections to the server on the event loops of its clients. */
    PADDOCK_NETTY("Paddock, netty", "");

    private final String label;
    private final String resource;

    Proxy(String label, String resource) {
        this.label = label;
        this.resource = resource;
    }

    String label() {
        return label;
    }

    /** Returns the environment variables of the command. */
    Map<String, String> environment() {
        return this == PADDOCK_NETTY ? Map.of("PADDOCK_JAVA_OPTS", "-Dpaddock.transport=netty") : Map.of();
    }

    /** Returns the command that starts it in the foreground, after writing its configuration into a directory. */
    List<String> command(Path directory, int port, int upstreamPort) throws IOException {
        String listening = Integer.toString(port);
        if (resource.isEmpty()) {
            return List.of("./paddock", "serve", "--port", listening, "--base-url", "http://127.0.0.1:" + upstreamPort);
        }
        Map<String, String> values = Map.of(
                "DIRECTORY", directory.toString(), "PORT", listening, "UPSTREAM", Integer.toString(upstreamPort));
        String file = Commands.write(Proxy.class, resource, values, directory.resolve(resource)).toString();
        return this == NGINX
                ? List.of("nginx", "-c", file, "-p", directory.toString(), "-e", directory + "/nginx-start.log")
                : List.of("haproxy", "-db", "-q", "-f", file);
    }
}
