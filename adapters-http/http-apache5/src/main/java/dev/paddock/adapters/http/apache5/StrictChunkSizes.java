package dev.paddock.adapters.http.apache5;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * An input buffer that rejects a plus sign before the size of a chunk, which the library accepts. RFC 9112, section 7.1, allows
 * digits only: a reader that disagrees would see another end of the body.
 */
final class StrictChunkSizes implements SessionInputBuffer {

    private final SessionInputBuffer delegate;

    StrictChunkSizes(SessionInputBuffer delegate) {
        this.delegate = delegate;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream input) throws IOException {
        int start = line.length();
        int count = delegate.readLine(line, input);
        if (line.length() > start && line.charAt(start) == '+') {
            throw new MalformedChunkCodingException("A chunk has a size with a sign");
        }
        return count;
    }

    @Override
    public int length() {
        return delegate.length();
    }

    @Override
    public int capacity() {
        return delegate.capacity();
    }

    @Override
    public int available() {
        return delegate.available();
    }

    @Override
    public int read(byte[] buffer, int offset, int length, InputStream input) throws IOException {
        return delegate.read(buffer, offset, length, input);
    }

    @Override
    public int read(byte[] buffer, InputStream input) throws IOException {
        return delegate.read(buffer, input);
    }

    @Override
    public int read(InputStream input) throws IOException {
        return delegate.read(input);
    }

    @Override
    public HttpTransportMetrics getMetrics() {
        return delegate.getMetrics();
    }
}
