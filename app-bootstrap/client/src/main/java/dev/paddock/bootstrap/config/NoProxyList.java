package dev.paddock.bootstrap.config;

import dev.paddock.domain.exchange.Endpoint;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The servers that are reached without a proxy, in the notation of the environment variable {@code NO_PROXY}. Immutable.
 *
 * <p>An element is {@code *} for all servers, a domain for it and its subdomains, a domain with a leading dot or {@code *.} for its
 * subdomains alone, an IP address, or a block of addresses such as {@code 10.0.0.0/8}. All but a block may be followed by a colon and a port;
 * an IPv6 address has brackets then. Names are not looked up: an address or a block matches only a server that is named by its address.
 */
public final class NoProxyList {

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");
    private static final Pattern DOMAIN = Pattern.compile("(\\*?\\.)?[\\p{L}\\p{N}._-]+");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int BITS = Byte.SIZE;
    private static final int LARGEST_OCTET = 255;

    private final List<Exclusion> elements;

    private NoProxyList(List<Exclusion> elements) {
        this.elements = elements;
    }

    /**
     * Reads the elements of a list.
     *
     * @throws IllegalArgumentException if one of them has no meaning; the message names it
     */
    public static NoProxyList of(List<String> texts) {
        return new NoProxyList(texts.stream().map(text -> Exclusion.parse(text.strip().toLowerCase(Locale.ROOT))).toList());
    }

    /** Returns whether a server is reached without a proxy. */
    public boolean contains(Endpoint server) {
        return elements.stream().anyMatch(element -> element.matches(server));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoProxyList list && elements.equals(list.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return elements.toString();
    }

    /** Returns the bytes of an IP address, or null for a name, which is not looked up. */
    private static byte @Nullable [] addressOf(String host) {
        boolean isAddress = ADDRESS.matcher(host).matches()
                && (host.indexOf(':') >= 0 || Arrays.stream(host.split("\\.", -1)).allMatch(part -> Integer.parseInt(part) <= LARGEST_OCTET));
        if (!isAddress) {
            return null;
        }
        try {
            return InetAddress.getByName(host).getAddress(); // an IPv4 address in IPv6 notation becomes one
        } catch (UnknownHostException invalid) {
            return null;
        }
    }

    /**
     * One element.
     *
     * @param domain the domain with a leading dot, an address, or a star
     * @param isDomain whether the domain itself matches, not only its subdomains
     * @param bits how many bits of the address count, negative if there is none
     * @param port the only port, or 0 for all
     */
    private record Exclusion(String domain, boolean isDomain, int bits, int port) {

        private static Exclusion parse(String text) {
            if (text.equals("*")) {
                return new Exclusion("*", true, -1, 0);
            }
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return block(text, text.substring(0, slash), text.substring(slash + 1));
            }
            int colon = text.lastIndexOf(':');
            boolean hasPort = text.startsWith("[") ? text.indexOf(']') < colon : colon >= 0 && colon == text.indexOf(':');
            String host = withoutRoot(hasPort ? text.substring(0, colon) : text);
            int port = hasPort ? port(text, text.substring(colon + 1)) : 0;
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            byte[] address = addressOf(bare);
            if (address != null) {
                return new Exclusion(bare, true, address.length * BITS, port);
            }
            if (!bare.equals(host) || !DOMAIN.matcher(host).matches()) {
                throw invalid(text);
            }
            String domain = host.startsWith("*") ? host.substring(1) : host;
            return domain.startsWith(".") ? new Exclusion(domain, false, -1, port) : new Exclusion("." + domain, true, -1, port);
        }

        private static Exclusion block(String text, String host, String length) {
            byte[] address = addressOf(host);
            if (address == null || !PORT.matcher(length).matches() || Integer.parseInt(length) > address.length * BITS) {
                throw invalid(text);
            }
            return new Exclusion(host, true, Integer.parseInt(length), 0);
        }

        private static int port(String text, String digits) {
            if (!PORT.matcher(digits).matches() || Integer.parseInt(digits) == 0) {
                throw invalid(text);
            }
            return Integer.parseInt(digits);
        }

        private static IllegalArgumentException invalid(String text) {
            return new IllegalArgumentException("'" + text + "' is no host, domain, address, or block of addresses");
        }

        boolean matches(Endpoint server) {
            if (port != 0 && port != server.port()) {
                return false;
            }
            String host = withoutRoot(server.host());
            byte[] address = addressOf(host.replaceFirst("%.*", "")); // the zone is no part of the address
            if (bits >= 0) {
                byte[] own = addressOf(domain);
                return address != null && own != null && own.length == address.length && prefix(own).equals(prefix(address));
            }
            boolean isNamed = address == null && (host.endsWith(domain) || (isDomain && domain.equals("." + host)));
            return domain.equals("*") || isNamed;
        }

        /** A name may end in the dot of the root. */
        private static String withoutRoot(String host) {
            return host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        }

        private BigInteger prefix(byte[] address) {
            return new BigInteger(1, address).shiftRight(address.length * BITS - bits);
        }

        @Override
        public String toString() {
            String shown = isDomain && domain.startsWith(".") ? domain.substring(1) : domain;
            return shown + (bits < 0 ? "" : "/" + bits) + (port == 0 ? "" : ":" + port);
        }
    }
}
