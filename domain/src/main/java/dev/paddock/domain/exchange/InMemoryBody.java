package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

/** A body that is an array. */
final class InMemoryBody implements RequestBody {

    private final byte[] content;

    InMemoryBody(byte[] content) {
        this.content = requireNonNull(content, "content");
    }

    @Override
    public long length() {
        return content.length;
    }

    @Override
    public boolean isInMemory() {
        return true;
    }

    @Override
    public BodyPiece piece(long position, int most) {
        int start = Math.toIntExact(position);
        return new BodyPiece(content, start, Math.min(most, content.length - start));
    }

    @Override
    public byte[] bytes() {
        return content;
    }
}
