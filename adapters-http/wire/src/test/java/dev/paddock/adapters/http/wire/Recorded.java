package dev.paddock.adapters.http.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Bodies recorded from real servers. They are not part of the project: without them these tests are skipped. */
public final class Recorded {

    private static final String PROPERTY = "paddock.recorded";

    private Recorded() {}

    public static byte[] body(String name) throws IOException {
        Path file = folder().resolve(name);
        assumeTrue(Files.isRegularFile(file), () -> "no recorded body " + name + "; -D" + PROPERTY
                + "=<folder> names it");
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
