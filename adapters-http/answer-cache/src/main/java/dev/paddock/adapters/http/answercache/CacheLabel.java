package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.reuse.BypassReason;
import java.time.Duration;
import java.util.Locale;

/**
 * What the cache did with a request, as header fields: {@code Cache-Status} (RFC 9211) and {@code X-Cache} in one word.
 *
 * @param word {@code HIT}, {@code MISS} or {@code BYPASS}
 * @param status the value of {@code Cache-Status}
 * @param isRecorded whether the answer is stored when it is complete
 */
record CacheLabel(String word, String status, boolean isRecorded) {

    private static final String NAME = "paddock";
    private static final String STORED = "; stored";
    private static final String COLLAPSED = "; collapsed";

    static CacheLabel hit(Duration left) {
        return new CacheLabel("HIT", NAME + "; hit; ttl=" + left.toSeconds(), false);
    }

    /** Returns the label of an answer to a similar question, with the id by which it can be reported. */
    static CacheLabel similar(Duration left, double similarity, String id) {
        String detail = String.format(Locale.ROOT, "; detail=\"similar %.3f\"", similarity);
        return new CacheLabel("HIT", NAME + "; hit; ttl=" + left.toSeconds() + "; key=\"" + id + "\"" + detail, false);
    }

    /** Returns the label of a miss: of a request for which there is no answer, or whose directives do not allow the one that there is. */
    static CacheLabel miss(boolean byDirective) {
        return new CacheLabel("MISS", NAME + "; fwd=" + (byDirective ? "request" : "miss"), true);
    }

    static CacheLabel bypass(BypassReason reason) {
        return new CacheLabel("BYPASS", NAME + "; fwd=bypass; detail=" + reason.label(), false);
    }

    Headers addTo(Headers headers, boolean isSuccess, boolean isCollapsed) {
        String stored = isRecorded && isSuccess ? STORED : "";
        String value = status + stored + (isCollapsed ? COLLAPSED : "");
        return headers.without("X-Cache").with(new Header("Cache-Status", value), new Header("X-Cache", word));
    }
}
