package dev.paddock.adapters.http.sharedstate;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Two connections to the store, which are opened and closed together: one for operations, one that hears of changes. Thread-safe. */
final class StoreSession implements AutoCloseable {

    private final StatefulRedisConnection<String, byte[]> operations;
    private final StatefulRedisPubSubConnection<String, byte[]> changes;

    StoreSession(StatefulRedisConnection<String, byte[]> operations, StatefulRedisPubSubConnection<String, byte[]> changes) {
        this.operations = operations;
        this.changes = changes;
    }

    RedisAsyncCommands<String, byte[]> commands() {
        return operations.async();
    }

    /** Runs a script whose arguments are texts. */
    <T> RedisFuture<T> run(String script, ScriptOutputType type, List<String> keys, String... arguments) {
        byte[][] values = new byte[arguments.length][];
        for (int index = 0; index < arguments.length; index++) {
            values[index] = arguments[index].getBytes(StandardCharsets.UTF_8);
        }
        return commands().eval(script, type, keys.toArray(String[]::new), values);
    }

    boolean isOpen() {
        return operations.isOpen() && changes.isOpen();
    }

    @Override
    public void close() {
        close(operations);
        close(changes);
    }

    /** Closes a connection unless that has happened: the library would log a second time. */
    private static void close(StatefulConnection<?, ?> connection) {
        if (connection.isOpen()) {
            var unused = connection.closeAsync();
        }
    }
}
