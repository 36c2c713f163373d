package dev.paddock.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Bodies recorded from real servers. They are not part of the project: tests that need one are skipped, saying so, where
 * they are absent. The system property {@code paddock.recorded} names their folder.
 */
public final class RecordedBodies {

    private static final String PROPERTY = "paddock.recorded";

    private RecordedBodies() {}

    /** Returns a recorded body, or skips the calling test. */
    public static byte[] body(String name) throws IOException {
        Path file = folder().resolve(name);
        assumeTrue(Files.isRegularFile(file), () ->
                "skipped: no recorded body " + name + "; -D" + PROPERTY + "=<folder> names where it is");
        return Files.readAllBytes(file);
    }

    private static Path folder() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return Path.of(given);
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared").resolve("recorded"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("recorded"));
    }
}
