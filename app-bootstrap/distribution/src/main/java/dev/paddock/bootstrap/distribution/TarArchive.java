package dev.paddock.bootstrap.distribution;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writes compressed archives whose bytes depend only on the names and the contents of the files. */
final class TarArchive {

    private static final int PROGRAM = 0100755;
    private static final int FILE = 0100644;

    private TarArchive() {}

    /** Writes a directory, under its own name. The files keep their times: the caches of the JVM know the times of the jars. */
    static void write(Path directory, Path archive, Instant timestamp) throws IOException {
        FileTree.normalize(directory, timestamp);
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new GzipCompressorOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)), parameters))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Path file : FileTree.files(directory)) {
                TarArchiveEntry entry = new TarArchiveEntry(directory.getFileName() + "/" + directory.relativize(file));
                entry.setSize(Files.size(file));
                entry.setMode(Files.isExecutable(file) ? PROGRAM : FILE);
                entry.setModTime(timestamp.toEpochMilli());
                entry.setUserName("root");
                entry.setGroupName("root");
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
    }
}
