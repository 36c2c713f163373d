package dev.paddock.benchmarks.calls;

import dev.paddock.wholesystem.JavaProcess;
import dev.paddock.benchmarks.calls.ContenderMain.ContenderWarmUp;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import dev.paddock.benchmarks.upstream.UpstreamProcess.UpstreamAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A contender in a JVM of its own, which is warm and waits for the next measurement. All contenders have the same options. */
final class ContenderProcess implements AutoCloseable {

    private static final String OPTIONS_VARIABLE = "BENCHMARK_JAVA_OPTIONS";
    private static final Duration WITH_ALL_CALLERS = Duration.ofSeconds(2);

    private final Contender contender;
    private final JavaProcess process;
    private final int port;
    private final UpstreamCounts first;
    private int ownConnections;

    private ContenderProcess(Contender contender, JavaProcess process, int port, UpstreamCounts first) {
        this.contender = contender;
        this.process = process;
        this.port = port;
        this.first = first;
    }

    /** Starts a process and waits until it is warm. */
    static ContenderProcess start(
            CallWorkload workload, Contender contender, int callers, UpstreamAddress upstream, Duration warmUp)
            throws IOException {
        UpstreamCounts first = UpstreamCounts.request(upstream.port());
        List<String> arguments = List.of(workload.name(), contender.name(), Integer.toString(callers));
        ContenderProcess started = new ContenderProcess(
                contender,
                JavaProcess.start(options(upstream, warmUp), ContenderMain.class, arguments),
                upstream.port(),
                first);
        try {
            if (!ContenderMain.READY.equals(started.process.receive())) {
                throw new IOException(contender.label() + " did not start");
            }
            CallMeasurement unused = started.measure(WITH_ALL_CALLERS); // its own warm-up has one caller
            return started;
        } catch (IOException | RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private static List<String> options(UpstreamAddress upstream, Duration warmUp) {
        List<String> options = new ArrayList<>(upstream.arguments());
        options.add(ContenderWarmUp.argument(warmUp));
        // Without the second option Guice makes the JVM print a warning; the launcher of the command line sets it too.
        options.addAll(List.of("-Xms1g", "-Xmx1g", "-Dguice_bytecode_gen_option=DISABLED"));
        String configured = System.getenv(OPTIONS_VARIABLE);
        if (configured != null) {
            options.addAll(List.of(configured.strip().split("\\s+")));
        }
        return options;
    }

    /** Lets the contender make calls for the given time; each call must be one request at the upstream. */
    CallMeasurement measure(Duration length) throws IOException {
        UpstreamCounts before = count();
        process.send(Long.toString(length.toMillis()));
        String line = process.receive();
        if (line == null) {
            throw new IOException("a call of " + contender.label() + " failed");
        }
        CallMeasurement measurement = CallMeasurement.parse(line).with(first, before, count(), ownConnections);
        double requests = (double) measurement.upstream().requests() / measurement.calls();
        if (Math.abs(requests - 1) > 0.5) {
            throw new IOException("%s made %.2f requests per call".formatted(contender.label(), requests));
        }
        return measurement;
    }

    private UpstreamCounts count() throws IOException {
        ownConnections++;
        return UpstreamCounts.request(port);
    }

    @Override
    public void close() {
        process.close();
    }
}
