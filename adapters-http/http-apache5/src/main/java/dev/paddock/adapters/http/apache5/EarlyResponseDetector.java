package dev.paddock.adapters.http.apache5;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;

/**
 * Stops sending a body when the server has already answered, for example that the body is too large (RFC 9112, 9.3).
 */
final class EarlyResponseDetector implements ResponseOutOfOrderStrategy {

    @Override
    public boolean isEarlyResponseDetected(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            InputStream input,
            long totalBytesSent,
            long nextWriteSize)
            throws IOException {
        return totalBytesSent > 0 && input.available() > 0;
    }
}
