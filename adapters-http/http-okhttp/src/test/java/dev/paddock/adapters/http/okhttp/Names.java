package dev.paddock.adapters.http.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/** Name services for tests. */
final class Names {

    interface Lookup {
        InetAddress[] resolve(String host) throws UnknownHostException, InterruptedException;
    }

    private Names() {}

    static Dns of(Lookup lookup) {
        return host -> {
            try {
                return List.of(lookup.resolve(host));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        };
    }
}
