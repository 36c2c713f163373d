package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes caches of the JVM (JEP 514) by runs of this command line in processes of their own. Such a cache loads all of its classes at each
 * start, so each run does only what the starts do that use it. Used by one thread.
 */
final class ArchiveTraining {

    /** Enough that the methods of a request reach the second compiler, of which the JVM keeps the profiles. */
    private static final int REQUESTS = 2_000;

    private static final int REQUESTS_PER_STREAM = 20;
    private static final int LONGEST_MINUTES = 5;

    private final Path directory;

    ArchiveTraining(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /** Makes a cache by a command that ends. */
    void record(String name, String[] options, String... arguments) {
        try {
            Process process = builder(name, options, arguments).redirectOutput(Redirect.DISCARD).start();
            end(name, process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Makes a cache by a gateway that relays requests to a model server. */
    void recordGateway(String name, String[] options, String server) {
        try {
            Process process = builder(name, options, "serve", "--port", "0", "--base-url", server).start();
            BufferedReader output = process.inputReader(UTF_8);
            String gateway = output.readLine();
            // The access log: a gateway whose output nobody reads would wait.
            Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));
            try {
                if (gateway != null) {
                    call(gateway);
                }
            } finally {
                boolean unused = process.toHandle().destroy(); // the process itself would close the output that is still read
            }
            end(name, process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void call(String gateway) {
        try (Session session = SessionFactory.ofDefaults().open(Map.of(ServerOptions.BASE_URL_KEY, gateway))) {
            ChatRequest request = ChatRequest.of("llama3.2", "Hello");
            for (int count = 0; count < REQUESTS; count++) {
                if (count % REQUESTS_PER_STREAM == 0) {
                    try (ResponseStream<ChatChunk> chunks = session.llm().chatStream(request, session.newCall())) {
                        chunks.forEachRemaining(chunk -> {});
                    }
                } else {
                    session.llm().chat(request, session.newCall());
                }
            }
        }
    }

    private ProcessBuilder builder(String name, String[] options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:AOTCacheOutput=" + unfinished(name), "-jar", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    }

    /** Waits for the end of a process, which writes the cache then, and lets launchers use the cache. */
    private void end(String name, Process process) throws IOException {
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (!Files.exists(unfinished(name))) {
            throw new CommandFailedException("the JVM has written no cache of '" + name + "'", "See the log of the build.");
        }
        Files.move(unfinished(name), directory.resolve(name + ".aot"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path unfinished(String name) {
        return directory.resolve(name + ".unfinished");
    }
}
