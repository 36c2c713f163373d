package dev.paddock.adapters.http.sharedstate;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        Arrays.setAll(values, index -> bytes(arguments[index]));
        return run(script, type, keys.toArray(String[]::new), values);
    }

    /** Runs a script. */
    <T> RedisFuture<T> run(String script, ScriptOutputType type, String[] keys, byte[]... arguments) {
        return commands().eval(script, type, keys, arguments);
    }

    /** Returns the argument that stands for a text. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
