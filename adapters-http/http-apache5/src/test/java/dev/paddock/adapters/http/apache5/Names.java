package dev.paddock.adapters.http.apache5;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Name services for tests. */
final class Names {

    interface Lookup {
        InetAddress[] resolve(String host) throws UnknownHostException, InterruptedException;
    }

    private Names() {}

    static DnsResolver of(Lookup lookup) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                try {
                    return lookup.resolve(host);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
