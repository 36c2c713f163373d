package dev.paddock.wholesystem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JVM with the class path of this one, which is driven by lines on its standard input and answers on its standard output. Its
 * main class must end with its standard input, so that it never outlives this process.
 */
public final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    private JavaProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a main class with the given options of the JVM and arguments. */
    public static JavaProcess start(List<String> options, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new JavaProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Writes a line to its standard input. */
    public void send(String line) {
        input.println(line);
    }

    /** Returns the next line of its standard output, or null when it has ended. */
    public @Nullable String receive() throws IOException {
        return output.readLine();
    }

    /** Returns the handle of the process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        input.close();
        process.destroy();
    }
}
