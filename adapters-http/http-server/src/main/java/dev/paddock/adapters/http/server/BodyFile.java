package dev.paddock.adapters.http.server;

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
 * A body in a file that nobody else can open. Where the system allows it, the file has no name any more once it is open,
 * so that no crash leaves it behind. Written by one thread; what is written may be read by any.
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
                    throw new EOFException("somebody has cut the file");
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
