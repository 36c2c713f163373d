package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Operations on directories with everything in them. */
final class FileTree {

    /** Programs of a distribution: the launcher, those of a Java runtime, and the two that the JVM itself starts. */
    private static final Pattern PROGRAM = Pattern.compile("(?:.*/)?bin/[^/]+|.*/(?:jspawnhelper|jexec)");

    private FileTree() {}

    /** Returns the files below a directory, sorted by their paths, so that results do not depend on the file system. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    /** Copies the files below a directory, with their attributes; a link becomes what it leads to. */
    static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            copyFile(file, to.resolve(from.relativize(file).toString()));
        }
    }

    /** Copies a file with its attributes, and makes the directories above it. */
    static void copyFile(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Writes a text, and makes the directories above the file. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Gives all files one time, and the permissions that do not depend on the umask of the build. */
    static void normalize(Path directory, Instant timestamp) throws IOException {
        for (Path file : files(directory)) {
            boolean program = PROGRAM.matcher(directory.relativize(file).toString()).matches();
            String permissions = program ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            Files.setLastModifiedTime(file, FileTime.from(timestamp));
        }
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
