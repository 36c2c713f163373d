package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Makes all distributions in {@code target/dist}, with their checksums. The release profile of the build runs it. */
public final class Distributions {

    private Distributions() {}

    /** Takes the directory of the project, the directory of results, the version, and the time that all files get. */
    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(arguments[0]).toRealPath();
        Path target = Path.of(arguments[1]).toRealPath();
        make(new Release(project, target.resolve("stage"), arguments[2], Instant.parse(arguments[3])), target.resolve("dist"));
        // JRuby keeps threads.
        System.exit(0);
    }

    private static void make(Release release, Path results) throws Exception {
        FileTree.delete(release.stage());
        FileTree.delete(results);
        Files.createDirectories(results);
        Path home = Files.createDirectories(release.stage().resolve("plain").resolve(release.name()));
        new InstalledFiles(release).writeTo(home);
        JvmCaches.make(home, Path.of(System.getProperty("java.home")), release.timestamp());
        TarArchive.write(home, results.resolve(release.name() + ".tar.gz"), release.timestamp());

        Path withRuntime = release.stage().resolve("runtime").resolve(release.name());
        FileTree.copy(home, withRuntime);
        Path runtime = JavaRuntime.link(withRuntime);
        JvmCaches.make(withRuntime, runtime, release.timestamp());
        TarArchive.write(withRuntime, results.resolve(release.name() + "-" + platform() + ".tar.gz"), release.timestamp());

        Path image = results.resolve(release.name() + "-image-" + platform() + ".tar");
        new ContainerImage(release, withRuntime).writeTo(image);
        writeChecksums(results);
    }

    /** Returns the platform of this Java, since a runtime serves only that. */
    private static String platform() {
        return "linux-" + ContainerImage.architecture();
    }

    private static void writeChecksums(Path results) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : FileTree.files(results)) {
            lines.append(FileTree.sha256(file)).append("  ").append(results.relativize(file)).append('\n');
        }
        Files.writeString(results.resolve("SHA256SUMS"), lines);
    }

    /** Runs a program and fails with what it printed unless it succeeds. */
    static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("paddock-distribution", ".log");
        try {
            int status = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String printed = Files.readString(output);
            if (status != 0) {
                throw new IOException("status " + status + " of " + command + ":\n" + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
