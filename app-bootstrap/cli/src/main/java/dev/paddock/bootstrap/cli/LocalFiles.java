package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads and writes the files that options name. */
final class LocalFiles {

    private LocalFiles() {}

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new UsageException("there is no file " + file);
        } catch (IOException unreadable) {
            throw new UsageException("the file " + file + " cannot be read: " + unreadable.getMessage());
        }
    }

    static @Nullable Object json(Path file) {
        try {
            return PlainJson.fromText(new String(bytes(file), UTF_8));
        } catch (IllegalArgumentException notJson) {
            throw new UsageException("the file " + file + " is not JSON: " + notJson.getMessage());
        }
    }

    /** Refuses a file that cannot be written, before work is done whose result it is to hold. */
    static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new UsageException("the file " + file + " cannot be written");
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new CommandFailedException(
                    "the file " + file + " cannot be written: " + unwritable.getMessage(), "Is there space left?");
        }
    }
}
