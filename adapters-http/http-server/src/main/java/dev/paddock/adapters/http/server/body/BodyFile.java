package dev.paddock.adapters.http.server.body;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A body in a file that only this user can open. Where the system allows it, the file is unlinked once it is open, so that a crash
 * does not leave it behind. One thread writes; any thread may read the written part.
 */
final class BodyFile implements RequestBody, AutoCloseable {

    private final FileChannel channel;
    private volatile long length;

    private BodyFile(FileChannel channel) {
        this.channel = channel;
    }

    static BodyFile create(Path directory) throws IOException {
        Path path = Files.createTempFile(directory, "paddock-upload", null);
        try {
            return new BodyFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException unopened) {
            Files.delete(path);
            throw unopened;
        }
    }

    void append(ByteBuffer bytes) throws IOException {
        long end = length;
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
        length = end;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BodyPiece piece(long position, int most) {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(most, length - position));
        try {
            while (piece.hasRemaining()) {
                if (channel.read(piece, position + piece.position()) < 0) {
                    throw new EOFException("the file was truncated");
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new BodyPiece(piece.array(), 0, piece.capacity());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
