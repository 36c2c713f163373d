package dev.paddock.bootstrap.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.bootstrap.bench.load.ArrivalLog;
import dev.paddock.bootstrap.bench.load.ArrivalProcess;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.ConstantArrivals;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.PoissonArrivals;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.ReplayedArrivals;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for when the requests of a benchmark start. */
final class ArrivalOptions {

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests started per second, even if earlier ones have no answer yet; latency counts from "
                    + "the time at which a request was due. Without it each caller waits for its answer.")
    private @Nullable Double rate;

    @Option(
            names = "--arrivals",
            paramLabel = "constant|poisson",
            description = "With --rate, whether the times between requests are all the same (default) or random, as those of "
                    + "independent users.")
    private @Nullable ArrivalKind arrivals;

    @Option(names = "--replay", paramLabel = "FILE", description = "Start requests at the times of a log, with a time at the beginning of "
            + "each line, as JSON with 'time', or as in the access log.")
    private @Nullable Path replay;

    /**
     * Returns the arrival process, or null for a closed loop.
     *
     * @throws UsageException if the options do not fit together, or the log is malformed
     */
    @Nullable ArrivalProcess arrivals() {
        if (replay != null && (rate != null || arrivals != null)) {
            throw new UsageException("--replay has its own times: it excludes --rate and --arrivals");
        }
        if (replay != null) {
            return replayed(replay);
        }
        if (rate == null) {
            if (arrivals != null) {
                throw new UsageException("--arrivals needs --rate, for example --rate 10");
            }
            return null;
        }
        try {
            return arrivals == ArrivalKind.POISSON ? new PoissonArrivals(rate) : new ConstantArrivals(rate);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException("--rate must be more than 0 and at most 1000000");
        }
    }

    private static ReplayedArrivals replayed(Path log) {
        try {
            return ArrivalLog.read(new String(LocalFiles.bytes(log), UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("the file " + log + " " + malformed.getMessage());
        }
    }

    /** The distribution of the times between requests. */
    enum ArrivalKind {
        CONSTANT,
        POISSON
    }
}
