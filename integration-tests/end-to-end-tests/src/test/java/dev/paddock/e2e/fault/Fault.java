package dev.paddock.e2e.fault;

import dev.paddock.e2e.fault.Call.Caller;
import dev.paddock.e2e.fault.FaultScenario.Persistence;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A row of the table: a fault, and what it must lead to for each caller.
 *
 * @param title its number and what happens
 * @param serverSide what the server does
 * @param expected what must happen, by caller; a caller that is absent is not concerned
 * @param client what is special about the client
 */
record Fault(Title title, FaultyServer serverSide, Map<Caller, ExpectedOutcome> expected, Client client) {

    Fault {
        expected = Map.copyOf(expected);
    }

    static Fault of(String id, String what, FaultyServer serverSide) {
        return new Fault(new Title(id, what), serverSide, Map.of(), Client.USUAL);
    }

    /** Returns this fault with what it must lead to for some callers. */
    Fault expect(ExpectedOutcome outcome, Caller... callers) {
        Map<Caller, ExpectedOutcome> more = new HashMap<>(expected);
        Arrays.stream(callers).forEach(caller -> more.put(caller, outcome));
        return new Fault(title, serverSide, more, client);
    }

    /** Returns this fault with what it must lead to for every caller. */
    Fault forAll(ExpectedOutcome outcome) {
        return expect(outcome, Caller.values());
    }

    Fault reading(ExpectedOutcome outcome) {
        return expect(outcome, Caller.READING);
    }

    Fault embedding(ExpectedOutcome outcome) {
        return expect(outcome, Caller.EMBEDDING);
    }

    /** Returns this fault with what it must lead to for generations, whole and streamed. */
    Fault generating(ExpectedOutcome outcome) {
        return whole(outcome).streaming(outcome);
    }

    Fault whole(ExpectedOutcome outcome) {
        return expect(outcome, Caller.GENERATING_WHOLE);
    }

    Fault streaming(ExpectedOutcome outcome) {
        return expect(outcome, Caller.STREAMING);
    }

    /** Returns this fault met by a client with another setting. */
    Fault with(String key, String value) {
        return new Fault(title, serverSide, expected, client.with(key, value));
    }

    /** Returns this fault met by a client whose given limit of time it exceeds. */
    Fault beyond(String limit) {
        return new Fault(title, serverSide, expected, client.hurriedBy(limit));
    }

    /** Returns this fault met by requests with a text of the given length. */
    Fault withText(int length) {
        return new Fault(title, serverSide, expected, client.withText(length));
    }

    /** Returns this fault met by a client that speaks TLS. */
    Fault overTls(SSLContext tls) {
        return new Fault(title, serverSide, expected, client.withTls(tls));
    }

    /** Tells whether there is no server to see anything. */
    boolean isAbsent() {
        return serverSide instanceof FaultyServer.Absent;
    }

    /** Returns what is executed: a fault that is answered by another attempt is had once and every time. */
    List<FaultCase> cases() {
        Map<Caller, ExpectedOutcome> sorted = new EnumMap<>(Caller.class);
        sorted.putAll(expected);
        return Arrays.stream(Call.values())
                .filter(call -> sorted.containsKey(call.caller()))
                .flatMap(call -> persistences(sorted.get(call.caller()))
                        .filter(persistence -> persistence == Persistence.EVERY_TIME || !isAbsent())
                        .map(persistence -> new FaultCase(this, call, persistence)))
                .toList();
    }

    private static Stream<Persistence> persistences(ExpectedOutcome expected) {
        if (expected.isReplayed()) {
            return Stream.of(Persistence.ONCE);
        }
        return expected.isRepeated() ? Stream.of(Persistence.values()) : Stream.of(Persistence.EVERY_TIME);
    }

    /**
     * What a fault is called.
     *
     * @param id its number in the catalogue, for example {@code H01}
     * @param what what happens, in words
     */
    record Title(String id, String what) {}

    /**
     * What is special about a client.
     *
     * @param settings settings besides the usual ones
     * @param textLength how long the text of its requests is
     * @param tls the TLS that it speaks, or null for none
     * @param limit the limit of time that is so short that the fault exceeds it, or null for none
     */
    record Client(Map<String, String> settings, int textLength, SSLContext tls, String limit) {

        static final Client USUAL = new Client(Map.of(), 2, null, null);

        /** If every attempt exceeds the limit, it need not leave time for a healthy one on a busy machine. */
        private static final Map<Persistence, String> LIMITS =
                Map.of(Persistence.EVERY_TIME, "150ms", Persistence.ONCE, "700ms");

        Client {
            settings = Map.copyOf(settings);
        }

        Client with(String key, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(key, value);
            return new Client(more, textLength, tls, limit);
        }

        Client withText(int length) {
            return new Client(settings, length, tls, limit);
        }

        Client withTls(SSLContext context) {
            return new Client(settings, textLength, context, limit);
        }

        Client hurriedBy(String key) {
            return new Client(settings, textLength, tls, key);
        }

        /** Returns this client with its limit of time as it suits how often the fault happens. */
        Client meeting(Persistence persistence) {
            return limit == null ? this : with(limit, LIMITS.get(persistence));
        }

        String text() {
            return "x".repeat(textLength);
        }
    }
}
