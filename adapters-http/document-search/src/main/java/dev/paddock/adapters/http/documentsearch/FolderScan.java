package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.text.DocumentFormat;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.SkippedDocument;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder that are documents. Links are followed; a link to a directory above it is reported. Hidden files and directories
 * (a dot at the beginning of the name) and files of other formats are left out. Immutable.
 *
 * @param files the files by name
 * @param skipped what cannot be read, and why
 * @param unreadDirectories the names of directories that cannot be read; nothing is known of what is in them
 */
record FolderScan(NavigableMap<String, FoundFile> files, List<SkippedDocument> skipped, List<String> unreadDirectories) {

    /**
     * Looks through a folder.
     *
     * @throws DocumentException if the folder itself cannot be read, so that nothing is known of any file
     */
    static FolderScan of(String folder) {
        Path root = Path.of(folder);
        if (!Files.isDirectory(root)) {
            throw unreadable(folder, "it is no directory", null);
        }
        Visitor visitor = new Visitor(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException failure) {
            throw unreadable(folder, reason(failure), failure);
        }
        return new FolderScan(visitor.files, List.copyOf(visitor.skipped), List.copyOf(visitor.unreadDirectories));
    }

    /** Returns the path of a folder as an index remembers it. */
    static String absolute(String folder) {
        return Path.of(folder).toAbsolutePath().normalize().toString();
    }

    /** Returns whether the folder may have a file with this name, although it was not found. */
    boolean mayHave(String name) {
        return unreadDirectories.stream().anyMatch(directory -> name.startsWith(directory + "/"));
    }

    /** Returns the reason of a failure, as the end of a sentence about the file. */
    static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "cannot be read: access denied" : "cannot be read: " + failure.getMessage();
    }

    private static DocumentException unreadable(String folder, String reason, @Nullable Throwable cause) {
        return new DocumentException(DocumentFailure.NOT_ACCESSIBLE, "the folder " + folder + " cannot be read: " + reason, cause);
    }

    /**
     * A file that is a document.
     *
     * @param path where it is
     * @param format its format
     * @param bytes its size
     * @param modified when it was changed, in milliseconds
     */
    record FoundFile(Path path, DocumentFormat format, long bytes, long modified) {}

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final NavigableMap<String, FoundFile> files = new TreeMap<>();
        private final List<SkippedDocument> skipped = new ArrayList<>();
        private final List<String> unreadDirectories = new ArrayList<>();

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = nameOf(file);
            if (isHidden(file) || DocumentFormat.ofName(name).isEmpty()) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                skipped.add(new SkippedDocument(name, "is a link to nothing"));
            } else if (attributes.isRegularFile()) {
                files.put(
                        name,
                        new FoundFile(
                                file, DocumentFormat.ofName(name).orElseThrow(), attributes.size(), attributes.lastModifiedTime().toMillis()));
            } else {
                skipped.add(new SkippedDocument(name, "is no regular file"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root)) {
                throw failure;
            }
            if (isHidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            String name = nameOf(file);
            if (failure instanceof FileSystemLoopException) {
                skipped.add(new SkippedDocument(name, "is a link to a directory above it"));
            } else {
                skipped.add(new SkippedDocument(name, reason(failure)));
                unreadDirectories.add(name);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                visitFileFailed(directory, failure);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            Path name = path.getFileName();
            return name != null && name.toString().startsWith(".");
        }

        private String nameOf(Path file) {
            return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        }
    }
}
