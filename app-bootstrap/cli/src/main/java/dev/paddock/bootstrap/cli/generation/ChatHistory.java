package dev.paddock.bootstrap.cli.generation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where the inputs of conversations are kept for the next one: a file that only its owner can read, or nowhere.
 *
 * @param file the file, or null for none
 */
record ChatHistory(@Nullable Path file) {

    /** The environment variable that names the file, or {@code off}. */
    static final String VARIABLE = "PADDOCK_HISTORY";

    private static final String OFF = "off";

    /** Returns the history in the state directory of the user (XDG Base Directory Specification). */
    static ChatHistory of(Map<String, String> environment, boolean isWanted) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!isWanted || named.equals(OFF)) {
            return new ChatHistory(null);
        }
        if (!named.isEmpty()) {
            return new ChatHistory(Path.of(named));
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path directory = state.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(state);
        return new ChatHistory(directory.resolve("paddock").resolve("chat-history"));
    }

    /** Lets a reader begin with the inputs of earlier conversations. A file that cannot be written is not used. */
    void configure(LineReaderBuilder reader) {
        if (file == null || !isWritable(file)) {
            return;
        }
        reader.variable(LineReader.HISTORY_FILE, file).variable(LineReader.HISTORY_SIZE, 1000).variable(LineReader.HISTORY_FILE_SIZE, 1000);
    }

    /** Saves the inputs at once, so that they survive the end of the process in any way. */
    void save(History history) {
        if (file != null) {
            try {
                history.save();
            } catch (IOException unwritable) {
                // The conversation is worth more than its history.
                return;
            }
        }
    }

    private static boolean isWritable(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            if (isPosix) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            return true;
        } catch (FileAlreadyExistsException earlier) {
            return Files.isWritable(file);
        } catch (IOException unwritable) {
            return false;
        }
    }
}
