package dev.paddock.adapters.http.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.regex.Pattern;

/** Recognises the frames that a server sends to keep a connection open while it has nothing to say. */
final class Heartbeats {

    /** No server sends a longer one; so other frames are not searched. */
    private static final int LONGEST = 128;

    /** An event of this name, or whose data is no JSON object: Anthropic's servers send the first kind, some proxies the second. */
    private static final Pattern NAMED = Pattern.compile("(?m)^event: ?(ping|heartbeat|keep-?alive)\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPED = Pattern.compile("\\{\\s*\"type\"\\s*:\\s*\"(ping|heartbeat|keep-?alive)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern OBJECT = Pattern.compile("[{\\[]");

    private Heartbeats() {}

    /** Returns whether a frame is no part of the answer and not its end: it has no content, or only shows that the server is there. */
    static boolean isHeartbeat(Framing framing, Frame frame) {
        if (!frame.hasContent()) {
            return true;
        }
        if (framing == Framing.DOCUMENT || frame.isTerminal() || frame.contentLength() > LONGEST) {
            return false;
        }
        String text = new String(frame.bytes(), frame.contentOffset(), frame.contentLength(), US_ASCII);
        return !OBJECT.matcher(text).find() || NAMED.matcher(text).find() || TYPED.matcher(text).find();
    }
}
