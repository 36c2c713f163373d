package dev.paddock.adapters.http.gateway.accesscontrol;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host names of the gateway. They protect against DNS rebinding: a web page whose own name resolves to this machine sends that name.
 * The rules are those of Ollama's server: addresses of this machine and of private networks, {@code localhost}, the name of this
 * machine, names below local domains, and configured names. Immutable.
 */
final class AllowedHosts {

    private static final Pattern IPV4 = Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
    private static final Pattern PORT = Pattern.compile("\\d{0,5}");
    private static final List<String> LOCAL_ENDINGS = List.of(".localhost", ".local", ".internal");

    private final Set<String> names = new HashSet<>();
    private final List<String> endings; // of names, with the dot before them
    private final boolean any;

    AllowedHosts(List<String> configured) {
        names.add("");
        names.add("localhost");
        addThisMachine();
        configured.stream().filter(host -> !host.startsWith("*")).map(AllowedHosts::withoutBrackets).forEach(names::add);
        endings = configured.stream().filter(host -> host.startsWith("*.")).map(host -> host.substring(1)).toList();
        any = configured.contains("*");
    }

    /** Returns whether the value of a Host header names this gateway. */
    boolean allows(String host) {
        if (any) {
            return true;
        }
        String name = name(host.strip().toLowerCase(Locale.ROOT));
        return name != null
                && (names.contains(name)
                        || LOCAL_ENDINGS.stream().anyMatch(name::endsWith)
                        || endings.stream().anyMatch(name::endsWith)
                        || isLocalAddress(name));
    }

    /** Returns the name without brackets, port and final dot, or null when the value has another form. */
    private static @Nullable String name(String host) {
        int bracket = host.startsWith("[") ? host.indexOf(']') : -1;
        int colon = bracket > 0 ? host.indexOf(':', bracket) : host.indexOf(':');
        if (colon >= 0 && !PORT.matcher(host.substring(colon + 1)).matches()) {
            return null;
        }
        String name = colon < 0 ? host : host.substring(0, colon);
        if (name.startsWith("[")) {
            return name.endsWith("]") ? withoutBrackets(name) : null;
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String withoutBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private static boolean isLocalAddress(String name) {
        if (!IPV4.matcher(name).matches() && !IPV6.matcher(name).matches()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(name); // a literal, which needs no DNS
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || isUniqueLocal(address);
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** Addresses of private networks in IPv6 (RFC 4193) begin with fc or fd. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    }

    private void addThisMachine() {
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            // No client can use a name that does not exist.
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .forEach(names::add);
        } catch (SocketException unknown) {
            // Private addresses are allowed in any case.
        }
    }
}
