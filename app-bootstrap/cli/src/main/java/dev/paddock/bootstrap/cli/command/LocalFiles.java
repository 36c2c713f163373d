package dev.paddock.bootstrap.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads and writes the files that options name. */
public final class LocalFiles {

    private LocalFiles() {}

    /** Reads a file. */
    public static byte[] bytes(Path file) {
        return read(file, InputStream::readAllBytes);
    }

    /** Reads a file that may be too large for the memory. */
    public static <T> T read(Path file, ContentReader<T> reader) {
        try (InputStream content = Files.newInputStream(file)) {
            return reader.read(content);
        } catch (NoSuchFileException missing) {
            throw new UsageException("there is no file " + file);
        } catch (IOException unreadable) {
            throw new UsageException("the file " + file + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Reads a JSON file as plain values. */
    public static @Nullable Object json(Path file) {
        try {
            return PlainJson.fromText(new String(bytes(file), UTF_8));
        } catch (IllegalArgumentException notJson) {
            throw new UsageException("the file " + file + " is not JSON: " + notJson.getMessage());
        }
    }

    /** Checks that a file can be written, before the work whose result it will hold. */
    public static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new UsageException("the file " + file + " cannot be written");
        }
    }

    /** Writes a file. */
    public static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new CommandFailedException(
                    "the file " + file + " cannot be written: " + unwritable.getMessage(), "Check the free space of the file system.");
        }
    }

    /** Reads the content of a file. */
    @FunctionalInterface
    public interface ContentReader<T> {

        /** Returns what the content means. */
        T read(InputStream content) throws IOException;
    }
}
