package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponse;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses foreign origins and, on a loopback listener, foreign host names, with an empty 403. Origin comes first. */
final class HostAndOriginFilter {
    private static final Pattern TRUSTED_ORIGIN = Pattern.compile(
        "https?://(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)(:.*)?|(app|file|tauri|vscode-webview|vscode-file)://.*");
    private static final Pattern LOCAL_NAME = Pattern.compile("|localhost|.*\\.(localhost|local|internal)");

    private final boolean checksHost;

    HostAndOriginFilter(String boundHost) {
        this.checksHost = isLoopback(boundHost);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** Returns whether the request may go on; otherwise it has been answered. */
    boolean admits(SimulatedExchange exchange) {
        String host = exchange.request().header("Host").orElse("");
        Optional<String> origin = exchange.request().header("Origin");
        boolean trusted = origin.isEmpty() || trusts(origin.get(), host);
        if (trusted && origin.isPresent()) {
            exchange.responder().header("Access-Control-Allow-Origin", origin.get());
            exchange.responder().header("Vary", "Origin");
            if ("OPTIONS".equals(exchange.request().method())) {
                exchange.responder().respond(preflight());
                return false;
            }
        }
        if (trusted && (!checksHost || isLocal(withoutPort(host)))) {
            return true;
        }
        exchange.responder().respond(SimulatedResponse.empty(403));
        return false;
    }

    private static SimulatedResponse preflight() {
        return SimulatedResponse.empty(204)
            .with("Access-Control-Allow-Methods", "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS")
            .with("Access-Control-Allow-Headers", "Authorization,Content-Type,User-Agent,Accept,X-Requested-With")
            .with("Access-Control-Max-Age", "43200");
    }

    private static boolean trusts(String origin, String host) {
        return origin.equals("http://" + host) || origin.equals("https://" + host)
            || TRUSTED_ORIGIN.matcher(origin).matches();
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            return host.substring(1, Math.max(1, host.indexOf(']')));
        }
        int colon = host.indexOf(':');
        return colon >= 0 && colon == host.lastIndexOf(':') ? host.substring(0, colon) : host;
    }

    private static boolean isLocal(String host) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        return address == null
            ? LOCAL_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches()
            : address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isSiteLocalAddress();
    }
}
