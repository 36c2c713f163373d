package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Polling;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The memory of a proxy that streams in progress use: live objects in the heap of a JVM, resident memory of any other process. */
final class StreamMemory {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final String RESIDENT = "VmRSS:";
    private static final Path PROCESSES = Path.of("/proc");

    private final LoadTarget target;

    StreamMemory(LoadTarget target) {
        this.target = target;
    }

    /** Returns the bytes per stream, with streams that are opened one after the other after a time of other load. */
    double ofEach(int count, Duration warmUp) throws IOException, InterruptedException {
        try (PacedStreams others = PacedStreams.open(target, WARM_UP_CONNECTIONS)) {
            long unused = others.read(warmUp);
        }
        long before = bytes();
        try (StreamHolders holders = StreamHolders.start(target, count, GatewayLoad.SLOW)) {
            boolean open = Polling.await(MAX_WAIT, () -> holders.answered() == count || holders.ended() > 0);
            long during = bytes();
            if (!open || holders.ended() > 0) {
                throw new IOException("of %d streams %d began and %d ended".formatted(count, holders.answered(), holders.ended()));
            }
            return (double) (during - before) / count;
        }
    }

    private long bytes() throws IOException, InterruptedException {
        return target.compilerTime().isZero() ? resident() : new LiveHeap(target).bytes();
    }

    private long resident() throws IOException {
        long sum = 0;
        for (ProcessHandle process : target.processes()) {
            try (Stream<String> lines = Files.lines(PROCESSES.resolve(Long.toString(process.pid())).resolve("status"))) {
                sum += lines.filter(line -> line.startsWith(RESIDENT)).mapToLong(StreamMemory::bytes).sum();
            }
        }
        return sum;
    }

    /** Returns the bytes of {@code VmRSS:   1234 kB}. */
    static long bytes(String line) {
        return 1024 * Long.parseLong(line.substring(RESIDENT.length(), line.indexOf("kB")).strip());
    }
}
