package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.RecordedAnswer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the cache did with a request, as header fields: {@code Cache-Status} (RFC 9211) and {@code X-Cache} in one word. Immutable. */
final class CacheLabel {

    private static final String NAME = "paddock";
    private static final String X_CACHE = "X-Cache";
    private static final Header HIT = new Header(X_CACHE, "HIT");
    private static final Header BYPASS = new Header(X_CACHE, "BYPASS");
    private static final CacheLabel MISS = missed("miss");
    private static final CacheLabel MISS_BY_DIRECTIVE = missed("request");
    private static final Map<BypassReason, CacheLabel> BYPASSES = bypasses();

    private final Header word;
    private final String status;
    private final Header usual; // the status of a success that is not shared

    private CacheLabel(Header word, String status, boolean isRecorded) {
        this.word = word;
        this.status = status;
        this.usual = status(status + (isRecorded ? "; stored" : ""));
    }

    private static CacheLabel missed(String forwarded) {
        return new CacheLabel(new Header(X_CACHE, "MISS"), NAME + "; fwd=" + forwarded, true);
    }

    static CacheLabel hit(Duration left) {
        return new CacheLabel(HIT, NAME + "; hit; ttl=" + left.toSeconds(), false);
    }

    /** Returns the label of an answer to a similar question, with the id by which it can be reported. */
    static CacheLabel similar(Duration left, double similarity, String id) {
        String detail = String.format(Locale.ROOT, "; detail=\"similar %.3f\"", similarity);
        return new CacheLabel(HIT, NAME + "; hit; ttl=" + left.toSeconds() + "; key=\"" + id + "\"" + detail, false);
    }

    /**
     * Returns the label of a miss: of a request for which there is no answer, or whose directives do not allow the one that there is. The
     * answer is stored when it is complete.
     */
    static CacheLabel miss(boolean byDirective) {
        return byDirective ? MISS_BY_DIRECTIVE : MISS;
    }

    static CacheLabel bypass(BypassReason reason) {
        return requireNonNull(BYPASSES.get(reason), "label");
    }

    private static Map<BypassReason, CacheLabel> bypasses() {
        Map<BypassReason, CacheLabel> labels = new EnumMap<>(BypassReason.class);
        for (BypassReason reason : BypassReason.values()) {
            labels.put(reason, new CacheLabel(BYPASS, NAME + "; fwd=bypass; detail=" + reason.label(), false));
        }
        return labels;
    }

    Headers addTo(Headers headers, boolean isSuccess, boolean isCollapsed) {
        Header field = isSuccess ? usual : status(status);
        return headers.without(X_CACHE).with(isCollapsed ? status(field.value() + "; collapsed") : field, word);
    }

    /** Returns the head of a stored answer with this label and the time since it was stored; all at once, because each hit has one. */
    Headers addTo(RecordedAnswer answer, Duration age) {
        Header seconds = new Header("Age", String.valueOf(age.toSeconds()));
        return answer.framing() == Framing.DOCUMENT
                ? answer.headers().with(usual, word, seconds, new Header("Content-Length", String.valueOf(answer.length())))
                : answer.headers().with(usual, word, seconds);
    }

    private static Header status(String value) {
        return new Header("Cache-Status", value);
    }
}
