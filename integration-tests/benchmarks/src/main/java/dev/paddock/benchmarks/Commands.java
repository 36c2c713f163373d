package dev.paddock.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs programs of the system, and writes the files that they read. */
public final class Commands {

    private Commands() {}

    /** Runs a program to its end and returns the rest of the first line of its output with the given prefix. */
    public static String run(String prefix, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return output.lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .map(line -> line.substring(prefix.length()))
                .orElseThrow(() -> new IOException(command.getFirst() + " ended with " + status + ": " + output));
    }

    /** Writes a resource next to a class to a file, with values in place of its {@code @NAMES@}. */
    public static Path write(Class<?> owner, String resource, Map<String, String> values, Path file) throws IOException {
        try (InputStream input = Objects.requireNonNull(owner.getResourceAsStream(resource), resource)) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            return Files.writeString(file, text);
        }
    }
}
