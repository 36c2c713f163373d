package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request to keep calls from a model server behind a gateway, or to let them pass again. */
final class BackendDrain {

    private BackendDrain() {}

    /** Sends the request and returns what is known of the server then. */
    static JsonObject send(Session session, String path, String id) {
        return new GatewayQuery(session, path, answer -> answer.has("state")).post(Map.of("id", id));
    }

    /** Returns the calls in progress at a server, or null when the gateway does not list it any more. */
    static @Nullable Long callsInProgress(Session session, String id) {
        return BackendsCommand.query(session).send().objects("backends").stream()
                .filter(backend -> id.equals(backend.text("id")))
                .map(backend -> backend.number("in_flight"))
                .map(number -> number == null ? 0 : number.longValue())
                .findFirst()
                .orElse(null);
    }
}
