package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A contender in a process of its own, which is warm and waits for its turns. It ends with this process at the latest. */
final class ContenderProcess implements AutoCloseable {

    private static final Duration WITH_ALL_CALLERS = Duration.ofSeconds(2);

    private final Contender contender;
    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    private ContenderProcess(Contender contender, Process process) {
        this.contender = contender;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a process and waits until it is warm. */
    static ContenderProcess start(CallWorkload work, Contender contender, UpstreamAddress upstream, Duration warmUp)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(MeasuredJvm.arguments(upstream, warmUp));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TurnProcess.class.getName(), work.name(),
                contender.name()));
        ContenderProcess started = new ContenderProcess(
                contender, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        String said = started.output.readLine();
        if (!TurnProcess.READY.equals(said)) {
            started.close();
            throw new IOException(contender.label() + " did not start");
        }
        Turn unused = started.take(WITH_ALL_CALLERS); // it was warmed up by one
        return started;
    }

    /** Lets it call for a while. */
    Turn take(Duration length) throws IOException {
        input.println(length.toMillis());
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a call of " + contender.label() + " failed");
        }
        return Turn.parse(line);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
