package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the task of a command in a session of its own, which ends with the task or with the process. */
final class SessionRunner {

    private final Sessions sessions;

    SessionRunner(Sessions sessions) {
        this.sessions = requireNonNull(sessions, "sessions");
    }

    <T> T run(ServerOptions server, SessionTask<T> task) {
        return run(server.overrides(), server.timeout(), task);
    }

    /** Runs a task with settings that take precedence, and a limit for each call or null for none. */
    <T> T run(Map<String, String> overrides, @Nullable Duration timeout, SessionTask<T> task) {
        // The signal is closed last: who waits for it waits for the end of the session too.
        try (StopSignal signal = StopSignal.listen(Cancellation.create());
                Session session = sessions.open(overrides)) {
            return task.run(new ActiveSession(session, signal.cancellation(), timeout));
        }
    }
}
