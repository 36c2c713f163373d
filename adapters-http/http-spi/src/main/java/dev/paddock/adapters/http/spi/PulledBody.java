package dev.paddock.adapters.http.spi;

/** The body of a response that is forwarded by reading it in a loop. */
final class PulledBody {

    private static final int SMALLEST_BUFFER = 1024; // more than a token of a model, and held while a stream waits for the next one
    private static final int LARGEST_BUFFER = 16 * 1024;

    private PulledBody() {}

    /** Reads the body to its end, in this thread. */
    static void forward(TransportResponse response, BodyReceiver receiver) {
        byte[] buffer = new byte[SMALLEST_BUFFER];
        for (int count = response.read(buffer, 0, buffer.length); count >= 0; count = response.read(buffer, 0, buffer.length)) {
            if (!receiver.receive(buffer, 0, count)) {
                receiver.awaitReady();
            }
            int size = sizeAfter(count, buffer.length);
            buffer = size == buffer.length ? buffer : new byte[size];
        }
    }

    /** Returns the size of the next buffer: a full one suggests that more has arrived. */
    private static int sizeAfter(int count, int size) {
        if (count == size) {
            return Math.min(2 * size, LARGEST_BUFFER);
        }
        return count < SMALLEST_BUFFER ? SMALLEST_BUFFER : size;
    }
}
