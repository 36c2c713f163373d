package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.Sha256;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The results for requests that came before, byte for byte, so that they are not parsed again. A request is kept when it comes for the second
 * time: one that comes once costs a weak hash. Each request has one place, for which a later one may compete; so the memory is fixed, at
 * most 1 MB. Thread-safe.
 */
final class KnownRequests {

    private static final int PLACES = 4096; // a power of two

    private final AtomicIntegerArray seen = new AtomicIntegerArray(PLACES); // the weak hash of the last request of each place
    private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(PLACES);

    /**
     * Returns the result for a request.
     *
     * @param request a request with a body in memory, without a query and without a field in its head on which the result depends
     * @param endpoint the endpoint of its path
     * @param examination gives the result if it is not known
     */
    RequestReuse of(ExchangeRequest request, ReuseEndpoint endpoint, Supplier<RequestReuse> examination) {
        byte[] body = request.body().bytes();
        int weakHash = Arrays.hashCode(body);
        int place = (weakHash ^ weakHash >>> Short.SIZE) & PLACES - 1;
        boolean isSeen = seen.getAndSet(place, weakHash) == weakHash;
        Known before = known.get(place);
        if (!isSeen && (before == null || before.weakHash != weakHash)) {
            return examination.get();
        }
        RequestFingerprint exactHash = Sha256.of(body, body.length);
        if (before != null && before.isOf(request, endpoint, exactHash)) {
            return before.reuse;
        }
        RequestReuse reuse = examination.get();
        known.set(place, new Known(weakHash, exactHash, request.operation(), endpoint, request.isStream(), reuse));
        return reuse;
    }

    private record Known(
            int weakHash, RequestFingerprint exactHash, Operation operation, ReuseEndpoint endpoint, boolean isStream, RequestReuse reuse) {

        boolean isOf(ExchangeRequest request, ReuseEndpoint itsEndpoint, RequestFingerprint itsHash) {
            return exactHash.equals(itsHash)
                    && operation == request.operation()
                    && endpoint == itsEndpoint
                    && isStream == request.isStream();
        }
    }
}
