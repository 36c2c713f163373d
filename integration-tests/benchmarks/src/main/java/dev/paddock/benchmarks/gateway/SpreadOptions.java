package dev.paddock.benchmarks.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the script {@code spread} measures, and where it writes the tables.
 *
 * @param proxies the contenders of the gateway, in the order of the tables
 * @param calls whether the clients are measured too
 * @param quick whether everything is only tried
 * @param page the page, or null for the one of this project; when everything is only tried, for a copy of it
 */
record SpreadOptions(List<Proxy> proxies, boolean calls, boolean quick, @Nullable Path page) {

    static final Path DOCUMENTATION = Path.of("docs/performance.md");
    static final Path COPY = Path.of("integration-tests/benchmarks/target/spread/performance.md");

    private static final SpreadOptions DEFAULT = new SpreadOptions(
            List.of(Proxy.HAPROXY_DUTIES, Proxy.HAPROXY, Proxy.NGINX, Proxy.VERTX, Proxy.SPRING_CLOUD_GATEWAY, Proxy.PORTKEY,
                    Proxy.PADDOCK, Proxy.PADDOCK_NETTY),
            true, false, null);

    SpreadOptions {
        proxies = List.copyOf(proxies);
    }

    static SpreadOptions parse(String... arguments) {
        SpreadOptions options = DEFAULT;
        for (int at = 0; at < arguments.length; at++) {
            switch (arguments[at]) {
                case "--quick" -> options = new SpreadOptions(options.proxies, options.calls, true, options.page);
                case "--contenders" -> {
                    String value = value(arguments, ++at);
                    List<Proxy> chosen = value.equals("none")
                            ? List.of()
                            : Arrays.stream(value.split(",", -1)).map(Proxy::named).toList();
                    options = new SpreadOptions(chosen, options.calls, options.quick, options.page);
                }
                case "--no-calls" -> options = new SpreadOptions(options.proxies, false, options.quick, options.page);
                case "--page" -> options = new SpreadOptions(options.proxies, options.calls, options.quick, Path.of(value(arguments, ++at)));
                default -> throw new IllegalArgumentException("unknown option " + arguments[at]);
            }
        }
        return options;
    }

    private static String value(String[] arguments, int at) {
        if (at == arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }

    Effort effort() {
        return quick ? Effort.QUICK : Effort.WHOLE;
    }

    /**
     * The effort for everything.
     *
     * @param rounds how many times each load is measured; the tables show medians
     * @param seconds how long each measurement takes
     * @param warmUp how long each load runs at most through each JVM before anything counts
     * @param settle how long paced streams run before their window
     * @param window how long paced streams are counted
     * @param probes how many times the first byte is timed
     * @param streams the number of open streams whose memory is measured
     * @param callArguments the options of the benchmark of clients
     */
    record Effort(
            int rounds,
            int seconds,
            Duration warmUp,
            Duration settle,
            Duration window,
            int probes,
            int streams,
            List<String> callArguments) {

        private static final String CLIENTS = "socket,socket-jackson,httpclient5,paddock-apache5,paddock-netty,paddock-openai,"
                + "langchain4j-httpclient5";

        static final Effort QUICK = new Effort(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2), 10, 100,
                List.of("--contenders", "httpclient5,paddock-apache5", "--rounds", "2", "--warm-up", "1"));

        static final Effort WHOLE = new Effort(2, 2, Duration.ofSeconds(8), Duration.ofSeconds(2), Duration.ofSeconds(4), 200, 1_000,
                List.of("--contenders", CLIENTS, "--rounds", "15", "--warm-up", "6"));
    }
}
