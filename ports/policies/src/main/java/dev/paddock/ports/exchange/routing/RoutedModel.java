package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.domain.routing.PlacementCandidate;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.PlacementRequest;
import dev.paddock.domain.routing.RunnerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model at one server: whether it is there, whether it is loaded, the calls in progress to it, and how long they take.
 * Between two looks at the server, calls that were sent are taken into account (assumed load). Thread-safe.
 */
final class RoutedModel implements PlacementCandidate {

    /** Whether the server has the model. */
    enum Presence {
        UNKNOWN,
        LISTED,
        ABSENT
    }

    /**
     * A model in memory.
     *
     * @param options those it is loaded with, as far as they are known
     * @param provenAt when that was known, by the ticker
     * @param expiresAt when it is unloaded unless it is used, by the ticker
     */
    record Residency(RunnerOptions options, long provenAt, long expiresAt) {}

    private static final double DECAY_NANOS = Duration.ofSeconds(10).toNanos();
    static final double LOAD_DECAY_NANOS = Duration.ofMinutes(10).toNanos();

    private final RoutedBackend owner;
    private final String name;
    private final long hash;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger loading = new AtomicInteger();
    private final DecayingMean firstFrame = new DecayingMean(DECAY_NANOS);
    private final DecayingMean service = new DecayingMean(DECAY_NANOS);
    private final DecayingMean load = new DecayingMean(LOAD_DECAY_NANOS);
    private final DecayingMean elsewhere;
    private final SlotEstimate slotEstimate = new SlotEstimate();
    private volatile Presence presence;
    private volatile String digest = "";
    private volatile long absentSince; // when the server said so, if it ever did
    private volatile boolean hasMissed;
    private volatile @Nullable Residency residency; // written under the lock of the owner
    private @Nullable Instant listedExpiry; // guarded by the lock of the owner
    private volatile RunnerOptions loadingOptions = RunnerOptions.ANY;
    private volatile long loadingSince;
    private volatile long refusedUntil;
    private volatile boolean refused;
    private volatile boolean forgotten;

    /**
     * Creates it.
     *
     * @param elsewhere the time to load the model on any server
     */
    RoutedModel(RoutedBackend owner, String name, Presence presence, DecayingMean elsewhere) {
        this.owner = owner;
        this.name = name;
        this.hash = name.hashCode() * 0xc2b2ae3d27d4eb4fL;
        this.presence = presence;
        this.elsewhere = elsewhere;
    }

    /** Marks the model as forgotten by its server, unless it is listed, in memory or in use; returns whether it is forgotten. */
    boolean forgetIfUnused() {
        forgotten = isIdle() && presence != Presence.LISTED && residency == null;
        return forgotten;
    }

    boolean isForgotten() {
        return forgotten;
    }

    RoutedBackend owner() {
        return owner;
    }

    String name() {
        return name;
    }

    @Override
    public PlacementClass placement(PlacementRequest request) {
        if (!owner.isResidencyKnown() || name.isEmpty()) {
            return PlacementClass.RESIDENT;
        }
        Residency present = residency;
        if (present != null && present.expiresAt() - request.now() > 0) {
            return request.options().isServedBy(present.options()) ? PlacementClass.RESIDENT : PlacementClass.MUST_EVICT;
        }
        if (loading.get() > 0) {
            return request.options().isServedBy(loadingOptions) ? PlacementClass.LOADING : PlacementClass.MUST_EVICT;
        }
        return owner.hasRoom() ? PlacementClass.HAS_ROOM : PlacementClass.MUST_EVICT;
    }

    @Override
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public double slots() {
        return slots(1);
    }

    /** Returns how many calls the server answers at the same time; at least the given number while that is to be learned. */
    int slots(int usual) {
        int configured = owner.backend().slots();
        return configured > 0 ? configured : Math.max(usual, slotEstimate.slots());
    }

    @Override
    public double weight() {
        return owner.backend().weight();
    }

    @Override
    public double firstFrameTime() {
        return firstFrame.mean();
    }

    @Override
    public double failurePenalty() {
        return owner.failurePenalty();
    }

    @Override
    public double crowding(PlacementRequest request) {
        return owner.crowding(hasSpareRoom(request), request.now());
    }

    @Override
    public double expectedWait(PlacementRequest request) {
        double slots = slots();
        double queued = Math.max(0, inFlight.get() + 1 - slots) / slots * service.mean();
        if (residency != null || !owner.isResidencyKnown()) {
            return queued;
        }
        double before = loading.get() > 0 ? loadTime(request) - (request.now() - loadingSince) : owner.loading() * loadTime(request);
        return queued + Math.max(0, before);
    }

    @Override
    public boolean hasSpareRoom(PlacementRequest request) {
        Residency own = residency; // with other options it has to go, whatever the room is
        if (own != null || loading.get() > 0) {
            return own != null && isIdle() && request.now() - own.provenAt() > loadTime(request);
        }
        return owner.hasRoom() || owner.longestIdle(request.now()) > loadTime(request);
    }

    @Override
    public double expectedLoad(PlacementRequest request) {
        return placement(request).beginsLoad() ? loadTime(request) : 0;
    }

    @Override
    public long hash() {
        return owner.hash() ^ hash;
    }

    private double loadTime(PlacementRequest request) {
        double measured = load.mean();
        return measured > 0 ? measured : elsewhere.mean() > 0 ? elsewhere.mean() : request.usualLoad();
    }

    /** Returns how long loading the model took lately, here or on another server; 0 when that was not measured. */
    double recentLoad(long now) {
        double measured = load.recent(now);
        return measured > 0 ? measured : elsewhere.recent(now);
    }

    /** Returns whether the server refused the model recently, by a circuit or a full pool. */
    boolean isRefused(long now) {
        return refused && refusedUntil - now > 0;
    }

    void refuse(@Nullable Duration wait, long now) {
        refusedUntil = now + (wait == null ? Duration.ofMillis(100) : wait).toNanos();
        refused = true;
    }

    boolean isAbsent() {
        return presence == Presence.ABSENT;
    }

    Presence presence() {
        return presence;
    }

    String digest() {
        return digest;
    }

    /** Notes that the server has said that it does not have the model. */
    void missed(long now) {
        absentSince = now;
        hasMissed = true;
        presence = Presence.ABSENT;
    }

    /** Notes what a list of the models said that was requested at the given time; returns whether that is another digest than before. */
    boolean listed(@Nullable String listedDigest, long requestedAt) {
        boolean isOutdated = hasMissed && absentSince - requestedAt > 0;
        if (isOutdated) {
            return false;
        }
        String before = digest;
        presence = listedDigest == null ? Presence.ABSENT : Presence.LISTED;
        digest = listedDigest == null ? "" : listedDigest;
        return !digest.equals(before);
    }

    @Nullable Residency residency() {
        return residency;
    }

    void setResidency(@Nullable Residency newResidency) {
        residency = newResidency;
    }

    /** Takes the time at which the server says that it unloads the model; returns whether it said another one before. */
    boolean isOtherExpiry(@Nullable Instant expiry) {
        boolean isOther = !Objects.equals(expiry, listedExpiry);
        listedExpiry = expiry;
        return isOther;
    }

    int loading() {
        return loading.get();
    }

    boolean isIdle() {
        return inFlight.get() == 0;
    }

    int begin() {
        return inFlight.incrementAndGet();
    }

    void end() {
        inFlight.decrementAndGet();
    }

    void beginLoading(RunnerOptions options, long now) {
        loadingOptions = options;
        loadingSince = now;
        loading.incrementAndGet();
    }

    void endLoading() {
        loading.decrementAndGet();
    }

    void addFirstFrame(long took, long now) {
        firstFrame.add((double) took, now);
    }

    void addService(long took, long now) {
        service.add((double) took, now);
    }

    void addLoad(long took, long now) {
        load.add((double) took, now);
        elsewhere.add((double) took, now);
    }

    void addWait(int inFlightAtStart, boolean hasWaited) {
        slotEstimate.add(inFlightAtStart, hasWaited);
    }

    BackendStatus.ModelStatus status(long now) {
        Residency present = residency;
        Residency valid = present == null || present.expiresAt() - now <= 0 ? null : present;
        return new BackendStatus.ModelStatus(
                name,
                digest,
                valid != null,
                valid == null ? null : valid.options().contextLength(),
                valid == null ? null : Duration.ofNanos(valid.expiresAt() - now),
                inFlight.get(),
                slots(1),
                duration(firstFrame.mean()),
                duration(load.mean()));
    }

    private static @Nullable Duration duration(double nanos) {
        return nanos == 0 ? null : Duration.ofNanos((long) nanos);
    }
}
