package dev.paddock.wholesystem;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A gateway in this process, as its command starts it. Its access log is written, but not to a disk. */
public final class LocalGateway implements RunningGateway {

    private final PaddockGateway gateway;

    private LocalGateway(PaddockGateway gateway) {
        this.gateway = gateway;
    }

    /** Starts a gateway on a free port with its defaults, but for the given settings. */
    public static LocalGateway start(Map<String, String> settings) {
        return start(settings, lines -> {});
    }

    /** Starts one whose lines for requests go to a receiver. */
    static LocalGateway start(Map<String, String> settings, Consumer<List<String>> lines) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("paddock.gateway.port", "0");
        GatewayConfiguration configuration = GatewayConfiguration.load(
                ConfigurationLoader.ofDefaults().withOverrides("the whole system", all).withTransports(Transports.names()));
        return new LocalGateway(PaddockGateway.start(
                configuration, metrics -> AccessLog.ofLines(configuration.gateway().monitoring().logFormat(), lines, metrics)));
    }

    @Override
    public int port() {
        return URI.create(gateway.baseUrl()).getPort();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
