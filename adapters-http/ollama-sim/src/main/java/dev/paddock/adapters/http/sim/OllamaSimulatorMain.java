package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator as a program of its own until it is told to stop (SIGTERM or SIGINT). */
public final class OllamaSimulatorMain {
    private static final int WRONG_USAGE = 2;
    private static final int FAILED = 1;

    private OllamaSimulatorMain() {
    }

    /** Starts a simulator; exits with 2 when the arguments are wrong and with 1 when the port cannot be bound. */
    public static void main(String[] arguments) throws InterruptedException {
        int exit = run(List.of(arguments), System.out, System.err);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            Optional<SimulatorSettings> settings = SimulatorArguments.parse(arguments);
            if (settings.isEmpty()) {
                out.print(SimulatorArguments.USAGE);
                return 0;
            }
            serve(OllamaSimulator.start(settings.get()), out);
            return 0;
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            return WRONG_USAGE;
        } catch (UncheckedIOException unbound) {
            err.println(unbound.getMessage());
            return FAILED;
        }
    }

    private static void serve(OllamaSimulator simulator, PrintStream out) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("ollama-simulator-stop").unstarted(() -> {
            simulator.close();
            out.println("Simulated Ollama stopped");
            out.flush();
            stopped.countDown();
        }));
        out.println("Simulated Ollama listening on " + simulator.baseUrl());
        out.flush();
        stopped.await();
    }
}
