package dev.paddock.testsupport.fault;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;

/** Two toxics, one behind the other. */
record Sequence(Toxic first, Toxic second) implements Toxic {

    Sequence {
        requireNonNull(first, "first");
        requireNonNull(second, "second");
    }

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return first.on(second.on(next, wire), wire);
    }
}
