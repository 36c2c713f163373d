package dev.paddock.tck.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** The name service of a process with this kit: that of the platform, and one name with two addresses of the loopback interface. */
public final class NamesWithADeadAddress extends InetAddressResolverProvider {

    /** The name of {@link #first} and then of {@link #second}. */
    public static final String NAME = "two-addresses.invalid";

    /** Returns the address at which tests let nothing answer. */
    public static InetAddress first() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    }

    /** Returns the address of servers. */
    public static InetAddress second() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Returns whether a server of this system can listen on both addresses, and whether this is the name service of the process. */
    static boolean areUsable() {
        try (ServerSocket probe = new ServerSocket(0, 1, first())) {
            return probe.isBound() && InetAddress.getAllByName(NAME).length == 2;
        } catch (IOException none) {
            return false;
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver platform = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return host.equals(NAME) ? Stream.of(first(), second()) : platform.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return platform.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of the conformance kit";
    }
}
