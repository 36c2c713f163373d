package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectTestSuite;
import dev.paddock.tck.transport.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

class Apache5ConnectTest extends ConnectTestSuite {

    @Override
    protected HttpTransportFactory factory(HostResolver names) {
        return new Apache5TransportFactory(new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return names.addressesOf(host).toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
    }
}
