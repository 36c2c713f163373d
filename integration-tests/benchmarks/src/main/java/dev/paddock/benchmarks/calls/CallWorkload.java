package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamTexts;
import dev.paddock.benchmarks.upstream.UpstreamAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What the contenders are made to do. */
public enum CallWorkload {
    SMALL_CHAT("W1", "W1: small chat, one caller") {
        @Override
        Object call(ContenderClient caller) throws IOException {
            return caller.chat();
        }
    },
    MANY_CALLERS("W2", "W2: small chat, 32 callers on virtual threads") {
        @Override
        Object call(ContenderClient caller) throws IOException {
            return caller.chat();
        }

        @Override
        int callers() {
            return 32;
        }
    },
    STREAM("W3", "W3: a stream of 200 chunks, all ready at once") {
        @Override
        Object call(ContenderClient caller) throws IOException {
            return caller.stream("bench");
        }

        @Override
        int unitsPerCall() {
            return UpstreamTexts.CHUNKS;
        }
    },
    PACED_STREAM("W3-paced", "W3: a stream of 200 chunks, 1 ms apart") {
        @Override
        Object call(ContenderClient caller) throws IOException {
            return caller.stream("paced");
        }

        @Override
        Object warmUp(ContenderClient caller) throws IOException {
            return caller.stream("bench");
        }

        @Override
        int unitsPerCall() {
            return UpstreamTexts.CHUNKS;
        }

        @Override
        int patience() {
            return 3;
        }
    },
    EMBED("W4", "W4: vectors for 64 texts, 768 numbers each") {
        @Override
        Object call(ContenderClient caller) throws IOException {
            return caller.embed();
        }
    },
    CLOSING("W5", "W5: small chat, the server closes after each answer") {
        @Override
        Object call(ContenderClient caller) throws IOException {
            return caller.chat();
        }

        @Override
        int port(UpstreamAddress upstream) {
            return upstream.closingPort();
        }
    };

    private final String label;
    private final String title;

    CallWorkload(String label, String title) {
        this.label = label;
        this.title = title;
    }

    static CallWorkload named(String name) {
        return Arrays.stream(values())
                .filter(workload -> workload.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + name));
    }

    abstract Object call(ContenderClient caller) throws IOException;

    /** The same code on the way, but sooner done where calls take their time. */
    Object warmUp(ContenderClient caller) throws IOException {
        return call(caller);
    }

    int callers() {
        return 1;
    }

    /** How many of what the table counts are in a call: chunks of a stream, else calls. */
    int unitsPerCall() {
        return 1;
    }

    /** How many times as long as others it is measured: the system counts processor time in steps of 10 ms. */
    int patience() {
        return 1;
    }

    int port(UpstreamAddress upstream) {
        return upstream.port();
    }

    /** Who can do it. OpenAI's API is there for the one thing that it does differently. */
    Set<Contender> contenders() {
        return this == EMBED
                ? EnumSet.allOf(Contender.class)
                : EnumSet.complementOf(EnumSet.of(Contender.PADDOCK_OPENAI));
    }

    String title() {
        return title;
    }
}
