package dev.paddock.benchmarks.upstream;

/**
 * What the command line of the upstream says.
 *
 * @param port where it listens; 0 lets the system choose
 * @param threads how many event loops share the connections, at least 1
 */
public record UpstreamOptions(int port, int threads) {

    /** Any free port and one thread. */
    public static final UpstreamOptions DEFAULTS = new UpstreamOptions(0, 1);

    public UpstreamOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
    }

    static UpstreamOptions parse(String... arguments) {
        UpstreamOptions options = DEFAULTS;
        for (int index = 0; index < arguments.length; index += 2) {
            String name = arguments[index];
            if (index + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            int value = Integer.parseInt(arguments[index + 1]);
            options = switch (name) {
                case "--port" -> new UpstreamOptions(value, options.threads);
                case "--threads" -> new UpstreamOptions(options.port, value);
                default -> throw new IllegalArgumentException("unknown option " + name);
            };
        }
        return options;
    }
}
