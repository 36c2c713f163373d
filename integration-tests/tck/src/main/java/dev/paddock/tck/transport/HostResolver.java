package dev.paddock.tck.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The name service of a test. Asked on any thread; an answer may take its time. */
@FunctionalInterface
public interface HostResolver {

    /** Returns the addresses of a host in the order in which they are to be tried. */
    List<InetAddress> addressesOf(String host) throws UnknownHostException;
}
