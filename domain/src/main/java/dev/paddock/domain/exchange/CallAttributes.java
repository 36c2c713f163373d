package dev.paddock.domain.exchange;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The attributes of a {@link CallContext} that Paddock knows. */
public final class CallAttributes {

    /** The caller (tenant), for fairness and separation: a bounded name, never a secret such as the key itself. */
    public static final CallContext.Key<String> CALLER = CallContext.Key.named("caller");

    /**
     * The owner of the answers to the call: the same text in all processes that share stored answers, and not a secret. Absent means that
     * {@link #CALLER} is the owner.
     */
    public static final CallContext.Key<String> TENANT = CallContext.Key.named("tenant");

    /** How urgent the call is; absent means {@link Priority#INTERACTIVE}. */
    public static final CallContext.Key<Priority> PRIORITY = CallContext.Key.named("priority");

    /**
     * The share of the caller in the admission queue relative to other callers, 1 to 100; absent means 1. A caller of weight 2 gets twice
     * as many turns as one of weight 1.
     */
    public static final CallContext.Key<Integer> WEIGHT = CallContext.Key.named("weight");

    /** The value of the {@code traceparent} field (W3C Trace Context) to send with every attempt. */
    public static final CallContext.Key<String> TRACE_PARENT = CallContext.Key.named("trace parent");

    /**
     * Fields to add to the head of every attempt. A field of the same name that the request or a setting has is replaced. Fields
     * that belong to the connection or to the framing of the body are refused.
     */
    public static final CallContext.Key<Headers> EXTRA_HEADERS = CallContext.Key.named("extra headers");

    /** The time limits of this call's phases, instead of those of the settings. */
    public static final CallContext.Key<PhaseTimeouts> PHASE_TIMEOUTS = CallContext.Key.named("phase timeouts");

    /**
     * The event loop on which the answer is used, such as that of a client's connection. A transport with event loops of the same kind
     * may receive the answer there, so that a forwarded frame does not change threads.
     */
    public static final CallContext.Key<Executor> EVENT_LOOP = CallContext.Key.named("event loop");

    /**
     * Receives the time that the call waited until it was admitted, then and in the thread of the call. It must not throw. A call that
     * needs no admission has none.
     */
    public static final CallContext.Key<Consumer<Duration>> ON_ADMISSION = CallContext.Key.named("on admission");

    /** What the caller decides about stored answers; absent means {@link CacheControl#DEFAULT}. */
    public static final CallContext.Key<CacheControl> CACHE_CONTROL = CallContext.Key.named("cache control");

    /**
     * Receives the provenance of the answer to a typed call, once its head has arrived, in the thread of the call. It must not throw. A
     * call that fails before has none.
     */
    public static final CallContext.Key<Consumer<Provenance>> ON_PROVENANCE = CallContext.Key.named("on provenance");

    /**
     * The contexts of the calls that a request serves together: each of them leaves for the server with it. Absent means that it serves the
     * one call whose context this is.
     */
    public static final CallContext.Key<List<CallContext>> SERVED_CALLS = CallContext.Key.named("served calls");

    private CallAttributes() {}

    /** How urgent a call is. */
    public enum Priority {
        /** A person waits for the answer. */
        INTERACTIVE,
        /** Work in the background, which may wait for interactive calls. */
        BATCH
    }
}
