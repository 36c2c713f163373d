package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.sharedstate.StoreAddress;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Opens connections to the store. They never reconnect by themselves, and refuse operations when they are closed: an operation that
 * waits for a store that is gone would be sent to it when it is not needed any more.
 */
final class StoreConnector implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI address;
    private final Duration limit;

    /**
     * Creates the connector; nothing is sent.
     *
     * @param limit how long each step of the opening of a session may take at most
     */
    StoreConnector(StoreAddress address, Duration limit) {
        this.limit = limit;
        this.address = uri(address, limit);
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(address, limit));
    }

    private static RedisURI uri(StoreAddress address, Duration limit) {
        RedisURI.Builder builder = RedisURI.Builder.redis(address.host(), address.port())
                .withDatabase(address.database())
                .withSsl(address.tls())
                .withVerifyPeer(SslVerifyMode.FULL)
                .withTimeout(limit);
        String password = address.password();
        if (password != null && address.user() == null) {
            builder.withPassword(password.toCharArray());
        } else if (password != null) {
            builder.withAuthentication(address.user(), password.toCharArray());
        }
        RedisURI uri = builder.build();
        uri.setLibraryName(""); // else it is sent, which needs Redis 7.2 and a right
        uri.setLibraryVersion("");
        return uri;
    }

    private static ClientOptions options(StoreAddress address, Duration limit) {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(limit);
        if (address.authorities() != null) {
            tls.trustManager(new File(address.authorities()));
        }
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder().connectTimeout(limit).keepAlive(true).build())
                .sslOptions(tls.build())
                .build();
    }

    /**
     * Opens a session.
     *
     * @param channel the channel of changes
     * @param onChange receives what others announce there, in the thread of the connection
     * @param step how long each of the steps may take
     * @throws ExecutionException if the store cannot be reached, or refuses this process
     */
    StoreSession open(String channel, Consumer<String> onChange, Duration step)
            throws ExecutionException, TimeoutException, InterruptedException {
        StatefulRedisConnection<String, byte[]> operations = awaitConnection(client.connectAsync(CODEC, address), step);
        StatefulRedisPubSubConnection<String, byte[]> changes;
        try {
            changes = awaitConnection(client.connectPubSubAsync(CODEC, address), step);
        } catch (ExecutionException | TimeoutException | InterruptedException failed) {
            var unused = operations.closeAsync();
            throw failed;
        }
        StoreSession session = new StoreSession(operations, changes);
        changes.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String from, byte[] text) {
                onChange.accept(new String(text, StandardCharsets.UTF_8));
            }
        });
        try {
            await(changes.async().subscribe(channel), step);
        } catch (ExecutionException | TimeoutException | InterruptedException failed) {
            session.close();
            throw failed;
        }
        return session;
    }

    /** Waits for a connection; one that is opened too late is closed. */
    private static <T extends StatefulConnection<?, ?>> T awaitConnection(CompletionStage<T> opening, Duration step)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return await(opening, step);
        } catch (TimeoutException | InterruptedException late) {
            var unused = opening.thenCompose(StatefulConnection::closeAsync);
            throw late;
        }
    }

    private static <T> T await(CompletionStage<T> opening, Duration step) throws ExecutionException, TimeoutException, InterruptedException {
        return opening.toCompletableFuture().get(step.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        var closing = client.shutdownAsync(0, limit.toMillis(), TimeUnit.MILLISECONDS);
        var unused = closing.whenComplete((done, failed) -> shutDown(resources, limit));
    }

    private static void shutDown(ClientResources resources, Duration limit) {
        var unused = resources.shutdown(0, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
