package dev.paddock.bootstrap.cli.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.domain.error.LlmException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a gateway the same once a second until Ctrl-C. A gateway that has answered once may be restarted meanwhile. Confined to one thread. */
final class GatewayWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Session session;
    private final GatewayQuery query;
    private boolean hasAnswered;

    GatewayWatch(Session session, GatewayQuery query) {
        this.session = requireNonNull(session, "session");
        this.query = requireNonNull(query, "query");
    }

    /**
     * Watches the gateway.
     *
     * @param answer takes each answer
     * @param problem takes a sentence when the gateway does not answer but may be restarting
     * @throws CommandFailedException if the gateway has never answered, or its answer shows that it will not
     */
    ExitStatus run(Consumer<JsonObject> answer, Consumer<String> problem) {
        do {
            try {
                answer.accept(query.send());
                hasAnswered = true;
            } catch (CommandFailedException failed) {
                if (!hasAnswered || !mayBeRestarting(failed.failure())) {
                    throw failed;
                }
                problem.accept("No answer: " + failed.getMessage() + "; trying again.");
            }
        } while (!session.awaitCancellation(INTERVAL));
        return ExitStatus.CANCELLED;
    }

    private static boolean mayBeRestarting(@Nullable LlmException failure) {
        return failure != null && switch (failure.kind()) {
            case BACKEND_UNAVAILABLE, CONNECTION_LOST, TRUNCATED_RESPONSE, TIMEOUT, SERVER_BUSY, SERVER_FAILED -> true;
            default -> false;
        };
    }
}
