package dev.paddock.bootstrap.gateway;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.error.InvalidRequestException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code paddock.gateway.access.key-file}: the API keys of a gateway, each in a line with its name, the time when it was added, its
 * hash and possibly the share of its caller, as {@link AccessKey#parse} reads them. Empty lines and lines that begin with {@code #} have no
 * meaning. Changes replace the file in one step, and exclude each other by the lock of a file beside it, whose name ends in {@code .lock}.
 * These files belong to the owner of the directory when they are new. Only their owner may read them, and their group if it could before and
 * all others could not. Thread-safe.
 */
public final class KeyFile {

    private static final Lock IN_THIS_PROCESS = new ReentrantLock(); // a file lock excludes only other processes
    private static final String COMMENT = "#";
    private static final int PARTS = 3;

    private final Path path;

    /** Creates a file, which need not exist. */
    public KeyFile(Path path) {
        this.path = requireNonNull(path, "path");
    }

    /**
     * A key in the file.
     *
     * @param key the key, which has a name
     * @param added when it was added
     */
    public record Entry(AccessKey key, Instant added) {

        public Entry {
            requireNonNull(key.name(), "name");
            requireNonNull(added, "added");
        }

        /** Returns the name of the key. */
        public String name() {
            return requireNonNull(key.name(), "name");
        }

        private String toLine() {
            String share = " " + key.priority().name().toLowerCase(Locale.ROOT) + " weight=" + key.weight();
            return key.name() + " " + added.truncatedTo(ChronoUnit.SECONDS) + " " + key.hash() + share;
        }

        @Override
        public String toString() {
            return key + ", added " + added;
        }
    }

    /**
     * Returns the keys, in the order of the file.
     *
     * @throws InvalidValueException if the file cannot be read or has a line without a meaning; the message contains no hash
     */
    public List<Entry> read() {
        return entries(lines());
    }

    /**
     * Adds a key.
     *
     * @throws InvalidValueException if its name is in use, or the file cannot be read or written; then nothing has changed
     */
    public void add(Entry added) {
        change(lines -> {
            if (entries(lines).stream().anyMatch(entry -> entry.name().equals(added.name()))) {
                throw new InvalidValueException("has a key with the name " + added.name() + " already");
            }
            lines.add(added.toLine());
            return true;
        });
    }

    /**
     * Removes a key.
     *
     * @return whether there was one
     * @throws InvalidValueException if the file cannot be read or written; then nothing has changed
     */
    public boolean remove(String name) {
        return change(lines -> {
            List<Entry> unused = entries(lines);
            return lines.removeIf(line -> isEntry(line) && line.strip().split("\\s+", 2)[0].equals(name));
        });
    }

    private boolean change(Change change) {
        if (!Files.isDirectory(directory(path.toAbsolutePath()))) {
            throw new InvalidValueException("cannot be changed: there is no directory for it");
        }
        IN_THIS_PROCESS.lock();
        try (FileChannel lock = lockFile();
                FileLock held = lock.lock()) {
            boolean exists = Files.exists(path);
            keepAccess(exists ? path : directory(path.toAbsolutePath()), lockPath());
            List<String> lines = exists ? new ArrayList<>(lines()) : new ArrayList<>();
            boolean isChanged = held.isValid() && change.apply(lines);
            if (isChanged) {
                replace(exists ? path.toRealPath() : path.toAbsolutePath(), lines, exists); // a link stays
            }
            return isChanged;
        } catch (IOException failed) {
            throw new InvalidValueException("cannot be changed: " + reason(failed));
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private FileChannel lockFile() throws IOException {
        // The directory may belong to the gateway's user: a link there must not lead root to another file.
        return FileChannel.open(
                lockPath(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), forOwner(path));
    }

    private Path lockPath() {
        return Path.of(path.toAbsolutePath() + ".lock");
    }

    private static void replace(Path target, List<String> lines, boolean exists) throws IOException {
        Path written = Files.createTempFile(directory(target), "." + target.getFileName(), ".new", forOwner(target));
        try {
            Files.write(written, lines);
            byte[] unused = SmallFile.bytes(written); // a file that could not be read again does not replace the old one
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            keepAccess(exists ? target : directory(target), written);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static Path directory(Path file) {
        return requireNonNull(file.getParent(), "directory");
    }

    /** Lets the gateway read a file that another user, usually root, has changed. A directory gives only its owner. */
    private static void keepAccess(Path before, Path after) throws IOException {
        PosixFileAttributeView known = Files.getFileAttributeView(before, PosixFileAttributeView.class);
        PosixFileAttributeView written = Files.getFileAttributeView(after, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (known == null || written == null) {
            return;
        }
        PosixFileAttributes access = known.readAttributes();
        if (!access.owner().equals(written.getOwner())) {
            try {
                written.setGroup(access.group());
                written.setOwner(access.owner());
            } catch (FileSystemException refused) {
                if (!access.isDirectory()) {
                    throw refused;
                }
                return; // only root gives files away: a new file of another user stays its own
            }
        }
        Set<PosixFilePermission> permissions = access.permissions();
        if (access.isRegularFile() && permissions.contains(GROUP_READ) && !permissions.contains(OTHERS_READ)) {
            written.setGroup(access.group());
            written.setPermissions(Set.of(OWNER_READ, OWNER_WRITE, GROUP_READ));
        }
    }

    private static FileAttribute<?>[] forOwner(Path file) {
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private List<String> lines() {
        try {
            return SmallFile.text(path).lines().toList();
        } catch (IOException unreadable) {
            throw new InvalidValueException("is '" + path + "', which cannot be read: " + reason(unreadable));
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "this user may not access " + denied.getFile();
            case FileSystemException other -> other.toString();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < lines.size(); index++) {
            if (isEntry(lines.get(index))) {
                Entry entry = entry(lines.get(index), index + 1);
                if (!seen.add(entry.name()) || !seen.add(entry.key().hash())) {
                    throw wrong(index + 1, "its name or its hash is in an earlier line, too");
                }
                entries.add(entry);
            }
        }
        return List.copyOf(entries);
    }

    private static boolean isEntry(String line) {
        return !line.isBlank() && !line.stripLeading().startsWith(COMMENT);
    }

    private Entry entry(String line, int number) {
        String[] parts = line.strip().split("\\s+", PARTS);
        if (parts.length < PARTS) {
            throw wrong(number, "a line has a name, a time such as 2026-11-29T12:00:00Z, and a hash");
        }
        try {
            return new Entry(AccessKey.parse(parts[2]).withName(parts[0]), Instant.parse(parts[1]));
        } catch (InvalidRequestException invalid) {
            throw wrong(number, String.valueOf(invalid.getMessage()));
        } catch (DateTimeParseException noTime) {
            throw wrong(number, "the second word is a time such as 2026-11-29T12:00:00Z");
        }
    }

    private InvalidValueException wrong(int line, @Nullable String reason) {
        return new InvalidValueException("is '" + path + "', whose line " + line + " is wrong: " + reason);
    }

    /** Changes the lines of the file; returns whether it has. */
    @FunctionalInterface
    private interface Change {

        boolean apply(List<String> lines);
    }
}
