package dev.paddock.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    @TempDir private Path directory;

    @Test
    void run_actionFails_laterChangesAreSeen() throws IOException {
        Path file = Files.writeString(directory.resolve("watched"), "one");
        AtomicInteger changes = new AtomicInteger();
        try (FileWatch watch = FileWatch.start(file, () -> {
            changes.incrementAndGet();
            throw new IllegalStateException("not usable");
        })) {
            Files.writeString(file, "two");
            Eventually.await("the first change is seen", () -> changes.get() >= 1);
            int before = changes.get();
            Files.writeString(file, "three");
            Eventually.await("the watch goes on after a failure", () -> changes.get() > before);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void look_fileIsBeingWritten_waitsUntilItStays() throws IOException {
        Path file = Files.writeString(directory.resolve("watched"), "one two");
        AtomicInteger changes = new AtomicInteger();
        FileWatch watch = new FileWatch(file, changes::incrementAndGet);

        for (String content : new String[] {"", "one", "one ", "one two", "", "one three"}) {
            Files.writeString(file, content);
            watch.look();
            assertThat(changes).as("after %s", content).hasValue(0);
        }
        watch.look();
        assertThat(changes).hasValue(1);
        watch.look();
        watch.look();
        assertThat(changes).hasValue(1);
    }

    @Test
    void look_fileThatCannotBeRead_isNoChange() throws IOException {
        Path file = Files.writeString(directory.resolve("watched"), "one");
        AtomicInteger changes = new AtomicInteger();
        FileWatch watch = new FileWatch(file, changes::incrementAndGet);

        Files.delete(file);
        looks(watch);
        Files.createDirectory(file);
        looks(watch);
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        looks(watch);
        Files.delete(file);
        Files.writeString(file, "x".repeat(2 << 20));
        looks(watch);
        Files.writeString(file, "one");
        looks(watch);
        assertThat(changes).hasValue(0);
        Files.writeString(file, "two");
        looks(watch);
        assertThat(changes).hasValue(1);
    }

    private static void looks(FileWatch watch) {
        for (int look = 0; look < 4; look++) {
            watch.look();
        }
    }
}
