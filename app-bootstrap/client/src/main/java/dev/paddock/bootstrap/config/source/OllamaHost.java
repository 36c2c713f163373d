package dev.paddock.bootstrap.config.source;

import dev.paddock.bootstrap.config.value.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The grammar of {@code OLLAMA_HOST}, as Ollama's own clients read it: {@code [scheme://][host][:port][/path]}.
 *
 * <p>The defaults are {@code http}, {@code 127.0.0.1}, and port 11434 without a scheme or the port of the scheme with one. An invalid
 * port is replaced in the same way. The server listens on the address in this variable, so that an address that means "all
 * interfaces" becomes the loopback address.
 */
final class OllamaHost {

    private static final int DEFAULT_PORT = 11_434;

    private OllamaHost() {}

    /**
     * Returns the URL that a value means; the value has neither spaces nor quotes around it.
     *
     * @throws InvalidValueException if the value contains credentials or cannot be the address of a server
     */
    static String toUrl(String value) {
        if (value.equals("ollama.com")) {
            return "https://ollama.com:443";
        }
        // Not only before the host: a slash in a password would make the rest of it look like a path.
        if (value.indexOf('@') >= 0) {
            throw new InvalidValueException("has credentials in it; give a key with OLLAMA_API_KEY instead");
        }
        int schemeEnd = value.indexOf("://");
        String scheme = schemeEnd < 0 ? "http" : value.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String rest = schemeEnd < 0 ? value : value.substring(schemeEnd + 3);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int portColon = portColon(authority);
        String host = portColon < 0 ? authority : authority.substring(0, portColon);
        int defaultPort = schemeEnd < 0 ? DEFAULT_PORT : defaultPort(scheme);
        int port = port(portColon < 0 ? "" : authority.substring(portColon + 1), defaultPort);
        return scheme + "://" + connectable(host) + ":" + port + (slash < 0 ? "" : rest.substring(slash));
    }

    /** Returns where the colon before the port is, or -1; an IPv6 address without brackets has no port. */
    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean bracketed = authority.startsWith("[");
        if (bracketed) {
            return colon > authority.indexOf(']') ? colon : -1;
        }
        return authority.indexOf(':') == colon ? colon : -1;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> DEFAULT_PORT;
        };
    }

    private static int port(String digits, int otherwise) {
        if (!digits.matches("[0-9]{1,9}") || Integer.parseInt(digits) > 65_535) {
            return otherwise;
        }
        int port = Integer.parseInt(digits);
        if (port == 0) {
            throw new InvalidValueException("has port 0, which a server can listen on but no client can connect to");
        }
        return port;
    }

    private static String connectable(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 1;
        String name = bracketed ? host.substring(1, host.length() - 1) : host;
        if (name.isEmpty() || name.equals("0.0.0.0")) {
            return "127.0.0.1";
        }
        if (name.indexOf(':') < 0) {
            return name;
        }
        String address = name.indexOf('%') < 0 ? name : name.substring(0, name.indexOf('%'));
        try {
            // In brackets it can only be an address, so that no name is looked up.
            return InetAddress.getByName("[" + address + "]").isAnyLocalAddress() ? "[::1]" : "[" + name + "]";
        } catch (UnknownHostException notAnAddress) {
            throw new InvalidValueException("has several colons but is no IPv6 address; write host:port");
        }
    }
}
