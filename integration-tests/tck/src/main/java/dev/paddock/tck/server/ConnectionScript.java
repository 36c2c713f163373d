package dev.paddock.tck.server;

import dev.paddock.testsupport.fault.Toxic;
import java.io.IOException;

/** What the server does with one accepted connection; runs on a virtual thread of its own. */
@FunctionalInterface
public interface ConnectionScript {

    /** Plays the script; when it returns, or throws because the peer has gone, the connection is closed. */
    void play(ScriptedConnection connection) throws IOException;

    /** Returns the script that answers every request of the connection in the same way until the peer leaves. */
    static ConnectionScript forEachRequest(ConnectionScript answer) {
        return connection -> {
            while (connection.awaitRequest()) {
                connection.readRequest();
                answer.play(connection);
            }
        };
    }

    /** Returns this script with a toxic that acts on all it sends. */
    default ConnectionScript suffering(Toxic toxic) {
        return connection -> {
            connection.setToxic(toxic);
            play(connection);
        };
    }

    /** Returns the script that answers every request with the given text as it stands. */
    static ConnectionScript sending(String response) {
        return forEachRequest(connection -> connection.send(response));
    }

    /** Returns the script that answers every request with a status 200 and the given JSON text. */
    static ConnectionScript json(String body) {
        return forEachRequest(connection -> connection.sendResponse("200 OK", "application/json", body));
    }
}
