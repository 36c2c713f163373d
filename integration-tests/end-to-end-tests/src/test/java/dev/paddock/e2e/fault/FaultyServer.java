package dev.paddock.e2e.fault;

import dev.paddock.tck.server.ConnectionScript;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Where on a connection a fault happens. */
@FunctionalInterface
interface FaultyServer {

    /** Returns what the server does with every connection of a case. */
    ConnectionScript script(FaultScenario scene);

    /** Tells whether the client makes a call before, so that there is an idle connection. */
    default boolean needsIdleConnection() {
        return false;
    }

    /** Returns what is there in place of a server, or null if there is one. */
    default UnreachableServer nobody() {
        return null;
    }

    /** Nothing listens at the port. */
    static FaultyServer refusing() {
        return new Absent(UnreachableServer::refusing);
    }

    /** The name of the host has no address. */
    static FaultyServer unknown() {
        return new Absent(UnreachableServer::unknown);
    }

    /** Nothing answers at the port. */
    static FaultyServer swallowing() {
        return new Absent(UnreachableServer::swallowing);
    }

    /** The fault happens as soon as a connection is there; it ends the connection. */
    static FaultyServer onConnection(FaultyResponse fault) {
        return scene -> connection -> {
            if (scene.harmsNextAttempt()) {
                fault.play(connection, scene.call());
            } else {
                answerAll(scene).play(connection);
            }
        };
    }

    /** The fault happens where a healthy server would begin with TLS; it ends the connection. */
    static FaultyServer insteadOfTls(SSLContext tls, FaultyResponse fault) {
        return scene -> connection -> {
            if (scene.harmsNextAttempt()) {
                fault.play(connection, scene.call());
            } else {
                connection.secure(tls);
                answerAll(scene).play(connection);
            }
        };
    }

    /** What the given server does happens over TLS. */
    static FaultyServer overTls(SSLContext tls, FaultyServer secured) {
        return scene -> connection -> {
            connection.secure(tls);
            secured.script(scene).play(connection);
        };
    }

    /** Connections are accepted, and nothing is read from them before the client has given up. */
    static FaultyServer neverReading() {
        return scene -> connection -> {
            if (scene.harmsNextAttempt()) {
                scene.awaitEndOfCall();
                connection.awaitDisconnect();
            } else {
                answerAll(scene).play(connection);
            }
        };
    }

    /** The fault happens where the request is to be read; it ends the connection. */
    static FaultyServer insteadOfReading(FaultyResponse fault) {
        return scene -> connection -> {
            while (connection.awaitRequest()) {
                if (scene.harmsNextAttempt()) {
                    fault.play(connection, scene.call());
                    return;
                }
                connection.readRequest();
                Answers.good(connection, scene.call());
            }
        };
    }

    /** The fault is the answer to a request that was read; it ends the connection. */
    static FaultyServer lastAnswer(FaultyResponse fault) {
        return insteadOfReading((connection, call) -> {
            connection.readRequest();
            fault.play(connection, call);
        });
    }

    /** The fault is the answer to a request that was read; the server keeps the connection. */
    static FaultyServer answer(FaultyResponse fault) {
        return scene -> connection -> {
            while (connection.awaitRequest()) {
                connection.readRequest();
                if (scene.harmsNextAttempt()) {
                    fault.play(connection, scene.call());
                } else {
                    Answers.good(connection, scene.call());
                }
            }
        };
    }

    /** The fault happens to a connection that has served a call and that must not be used again. */
    static FaultyServer onIdleConnection(FaultyResponse firstAnswer, FaultyResponse fault) {
        return new IdleConnectionFault(firstAnswer, fault, Answers.reset());
    }

    /** The fault is the answer on a connection that has served a call before. */
    static FaultyServer onReusedConnection(FaultyResponse fault) {
        return new IdleConnectionFault(Answers.version(""), Answers.nothing(), fault);
    }

    private static ConnectionScript answerAll(FaultScenario scene) {
        return ConnectionScript.forEachRequest(connection -> Answers.good(connection, scene.call()));
    }

    /** A server that is not there. */
    record Absent(Supplier<UnreachableServer> place) implements FaultyServer {

        @Override
        public UnreachableServer nobody() {
            return place.get();
        }

        @Override
        public ConnectionScript script(FaultScenario scene) {
            return connection -> {};
        }
    }

    /** What happens to a connection after its first call, and if it is used again. */
    record IdleConnectionFault(FaultyResponse firstAnswer, FaultyResponse whenIdle, FaultyResponse whenUsedAgain)
            implements FaultyServer {

        @Override
        public boolean needsIdleConnection() {
            return true;
        }

        @Override
        public ConnectionScript script(FaultScenario scene) {
            return connection -> {
                if (connection.number() > 1) {
                    countedAnswers(scene).play(connection);
                    return;
                }
                connection.readRequest();
                firstAnswer.play(connection, scene.call());
                scene.awaitIdle();
                whenIdle.play(connection, scene.call());
                scene.setReady();
                if (connection.awaitRequest()) {
                    connection.readRequest();
                    scene.harmsNextAttempt();
                    whenUsedAgain.play(connection, scene.call());
                }
            };
        }

        private static ConnectionScript countedAnswers(FaultScenario scene) {
            return ConnectionScript.forEachRequest(connection -> {
                scene.harmsNextAttempt();
                Answers.good(connection, scene.call());
            });
        }
    }
}
