package dev.paddock.adapters.http.spi.support;

import dev.paddock.domain.time.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The order in which the addresses of a host are tried. The families alternate, beginning with that of the first address (RFC 8305, section 4),
 * and an address that did not connect when another one did comes last for ten minutes (RFC 6555, section 4.2). Otherwise the order of the name
 * service stays, which may be how it spreads its clients. Thread-safe.
 */
final class AddressOrder {

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Ticker ticker;
    private final Map<InetAddress, Long> beatenAt = new ConcurrentHashMap<>();

    AddressOrder(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Returns the addresses in the order in which they are to be tried. */
    List<InetAddress> of(List<InetAddress> addresses) {
        return alternating(addresses).stream().sorted(Comparator.comparing(this::isBeaten)).toList();
    }

    private static List<InetAddress> alternating(List<InetAddress> addresses) {
        Deque<InetAddress> first = new ArrayDeque<>();
        Deque<InetAddress> second = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            boolean isOfFirstFamily = address instanceof Inet6Address == addresses.getFirst() instanceof Inet6Address;
            (isOfFirstFamily ? first : second).add(address);
        }
        List<InetAddress> ordered = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                ordered.add(first.remove());
            }
            if (!second.isEmpty()) {
                ordered.add(second.remove());
            }
        }
        return ordered;
    }

    private boolean isBeaten(InetAddress address) {
        Long since = beatenAt.get(address);
        return since != null && ticker.nanos() - since < MEMORY.toNanos();
    }

    /** Notes that one address has connected, and others that were tried before it have not. */
    void connected(InetAddress address, List<InetAddress> before) {
        beatenAt.remove(address);
        if (!before.isEmpty()) {
            beatenAt.values().removeIf(since -> ticker.nanos() - since >= MEMORY.toNanos()); // names change their addresses
            before.forEach(beaten -> beatenAt.put(beaten, ticker.nanos()));
        }
    }
}
