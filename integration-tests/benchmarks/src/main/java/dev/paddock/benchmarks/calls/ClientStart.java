package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.calls.CallWorkload.Verification;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.contender.ContenderClient;
import java.io.IOException;
import java.util.logging.LogManager;

/**
 * A process that opens one contender, makes one call and ends. It prints the nanoseconds that the opening took, and those until the answer was
 * there.
 */
final class ClientStart {

    private ClientStart() {}

    /** Takes the name of a contender and the port of a server. */
    public static void main(String... arguments) throws IOException {
        LogManager.getLogManager().reset();
        int port = Integer.parseInt(arguments[1]);
        Contender contender = Contender.valueOf(arguments[0]);
        long start = System.nanoTime();
        ContenderClient client = contender.open(port);
        long opened = System.nanoTime();
        Verification.verify(client.chat());
        System.out.println((opened - start) + " " + (System.nanoTime() - opened));
        System.exit(0); // even if threads of the contender are still running
    }
}
