package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The archive of classes (AppCDS) of a distribution: a start maps it into memory instead of reading jars. It serves the Java that has
 * made it, and the jars with the times that they have then.
 */
final class ClassArchive {

    private ClassArchive() {}

    /** Makes the archive of a distribution for a Java, and notes for which. */
    static void make(Path home, Path java, Instant timestamp) throws IOException, InterruptedException {
        delete(home);
        FileTree.normalize(home, timestamp);
        Path classes = Files.createTempFile("paddock-distribution", ".classes");
        try {
            Distributions.run(home, command(java, "-Xshare:off", "-XX:DumpLoadedClassList=" + classes, "-jar", "app/paddock.jar", "train"));
            Distributions.run(home, command(java, "-Xshare:dump", "-XX:SharedClassListFile=" + classes,
                    "-XX:SharedArchiveFile=" + archive(home), "-cp", "app/paddock.jar"));
        } finally {
            Files.delete(classes);
        }
        FileTree.copyFile(java.resolve("release"), madeBy(home));
    }

    static void delete(Path home) throws IOException {
        Files.deleteIfExists(archive(home));
        Files.deleteIfExists(madeBy(home));
    }

    static Path archive(Path home) {
        return home.resolve("app/classes.jsa");
    }

    /** The launcher compares it with that of the Java that it has found. */
    private static Path madeBy(Path home) {
        return home.resolve("app/classes.release");
    }

    private static List<String> command(Path java, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString(), "-Dio.netty.jfr.enabled=false"));
        command.addAll(List.of(arguments));
        return command;
    }
}
