package dev.paddock.benchmarks.peers;

import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Spring Cloud Gateway with one route and as many connections as there are requests. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SpringCloudGateway {

    private static final String GATEWAY = "spring.cloud.gateway.server.webflux.";

    /** Listens at the first port and relays to the second. */
    public static void main(String... ports) {
        new SpringApplicationBuilder(SpringCloudGateway.class)
                .properties(Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", ports[0],
                        GATEWAY + "routes[0].id", "all",
                        GATEWAY + "routes[0].uri", "http://127.0.0.1:" + ports[1],
                        GATEWAY + "routes[0].predicates[0]", "Path=/**",
                        GATEWAY + "httpclient.pool.type", "elastic"))
                .run();
    }
}
