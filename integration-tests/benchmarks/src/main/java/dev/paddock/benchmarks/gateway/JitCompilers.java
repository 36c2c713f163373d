package dev.paddock.benchmarks.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The compiler threads of a JVM, found by their names. */
final class JitCompilers {

    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration TICK = Duration.ofMillis(10);
    private static final int USER_TICKS = 11; // counted from behind the name, as proc(5) has them
    private static final int SYSTEM_TICKS = 12;

    private JitCompilers() {}

    /** Returns the time that the compilers of a process have had a processor; zero where the system does not say. */
    static Duration time(ProcessHandle process) {
        Path threads = PROCESSES.resolve(Long.toString(process.pid())).resolve("task");
        if (!Files.isDirectory(threads)) {
            return Duration.ZERO;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return TICK.multipliedBy(all.mapToLong(JitCompilers::ticks).sum());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long ticks(Path thread) {
        try {
            return ticks(Files.readString(thread.resolve("stat")));
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the ticks of a line of {@code /proc/PID/task/TID/stat} when its thread is a compiler, else 0. */
    static long ticks(String line) {
        int nameEnd = line.lastIndexOf(')');
        String name = line.substring(line.indexOf('(') + 1, nameEnd);
        if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
            return 0;
        }
        List<String> fields = List.of(line.substring(nameEnd + 2).split(" ", -1));
        return Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS));
    }
}
