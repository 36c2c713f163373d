package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a proxy, as its program or its files tell it. */
final class ProxyVersion {

    private static final Pattern PACKAGE = Pattern.compile("\"version\": *\"([^\"]+)\"");

    private ProxyVersion() {}

    /** Returns the version. */
    static String of(Proxy proxy) throws IOException, InterruptedException {
        return switch (proxy) {
            case HAPROXY, HAPROXY_DUTIES -> ofCommand("HAProxy version ", "haproxy", "-v");
            case NGINX -> ofCommand("nginx version: nginx/", "nginx", "-v");
            case PADDOCK, PADDOCK_NETTY, PADDOCK_EPOLL -> ofCommand("paddock ", "./paddock", "--version");
            case VERTX -> ofFile(Proxy.classPath(proxy), Pattern.compile("vertx-http-proxy-([^/]+)\\.jar"));
            case SPRING_CLOUD_GATEWAY -> ofFile(Proxy.classPath(proxy), Pattern.compile("spring-cloud-gateway-server-webflux-([^/]+)\\.jar"));
            case PORTKEY -> ofFile(Proxy.PORTKEY_FOLDER.resolve("package.json"), PACKAGE) + " on Node " + ofCommand("v", "node", "--version");
        };
    }

    private static String ofCommand(String prefix, String... command) throws IOException, InterruptedException {
        return Commands.run(prefix, List.of(command)).split("[ ,]", 2)[0];
    }

    private static String ofFile(Path file, Pattern pattern) throws IOException {
        Matcher version = pattern.matcher(Files.readString(file));
        return version.find() ? version.group(1) : "unknown";
    }
}
