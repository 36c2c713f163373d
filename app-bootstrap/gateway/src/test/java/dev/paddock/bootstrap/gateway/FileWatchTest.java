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
}
