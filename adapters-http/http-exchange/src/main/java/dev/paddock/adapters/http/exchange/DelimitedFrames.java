package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import org.jspecify.annotations.Nullable;

/** Lines or events, cut from what arrives. */
final class DelimitedFrames implements FrameSource {

    private static final int BUFFER_SIZE = 8 * 1024;

    private final TransportResponse response;
    private final FrameSplitter splitter;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private final boolean verbatim;
    private boolean exhausted;

    DelimitedFrames(TransportResponse response, FrameSplitter splitter, boolean verbatim) {
        this.response = response;
        this.splitter = splitter;
        this.verbatim = verbatim;
    }

    @Override
    public boolean isVerbatim() {
        return verbatim;
    }

    @Override
    public byte @Nullable [] next() {
        byte[] frame = splitter.poll();
        while (frame == null && !exhausted) {
            int count = response.read(buffer, 0, buffer.length);
            if (count < 0) {
                exhausted = true;
                return splitter.finish();
            }
            splitter.feed(buffer, 0, count);
            frame = splitter.poll();
        }
        return frame;
    }
}
