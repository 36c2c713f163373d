package dev.paddock.e2e.fault;

import dev.paddock.tck.server.ScriptedConnection;
import java.io.IOException;

/** What a server does on a connection where it should answer a call. */
@FunctionalInterface
interface FaultyResponse {

    void play(ScriptedConnection connection, Call call) throws IOException;

    /** Returns the fault that consists of this one and another. */
    default FaultyResponse then(FaultyResponse other) {
        return (connection, call) -> {
            play(connection, call);
            other.play(connection, call);
        };
    }
}
