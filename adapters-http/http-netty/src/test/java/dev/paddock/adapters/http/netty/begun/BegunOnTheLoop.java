package dev.paddock.adapters.http.netty.begun;

import dev.paddock.adapters.http.netty.NettyTransportFactory;
import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.tck.transport.DecoratedTransportFactory;
import dev.paddock.tck.transport.TransportUnderTest;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The transport whose calls are begun, and whose bodies are forwarded, on an event loop: what no thread waits for ends as what one does. */
interface BegunOnTheLoop extends TransportUnderTest {

    /** Shared by all tests; its thread is a daemon. */
    EventLoop LOOP = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("begun", true), NioIoHandler.newFactory()).next();

    @Override
    default HttpTransportFactory factory() {
        return new DecoratedTransportFactory(
                new NettyTransportFactory(),
                (transport, request, listener) -> new Call(transport.newCall(request.withEventLoop(LOOP), listener)));
    }

    /** Begins on the event loop, and waits for the answer in the thread of the test. */
    record Call(TransportCall call) implements TransportCall {

        @Override
        public TransportResponse execute() {
            CompletableFuture<Settled<TransportResponse>> answer = new CompletableFuture<>();
            LOOP.execute(() -> call.begin(answer::complete));
            try {
                return new Response(answer.get().get());
            } catch (InterruptedException interrupt) {
                call.cancel();
                Settled<TransportResponse> cancelled = answer.join();
                Thread.currentThread().interrupt();
                return cancelled.get();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public void cancel() {
            call.cancel();
        }
    }

    /** Is forwarded by the event loop. */
    record Response(TransportResponse response) implements TransportResponse {

        @Override
        public int status() {
            return response.status();
        }

        @Override
        public Headers headers() {
            return response.headers();
        }

        @Override
        public String protocol() {
            return response.protocol();
        }

        @Override
        public ConnectionUse connection() {
            return response.connection();
        }

        @Override
        public boolean isReadable() {
            return response.isReadable();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return response.read(buffer, offset, length);
        }

        @Override
        public void forward(BodyReceiver receiver, ForwardEnd end) {
            LOOP.execute(() -> response.forward(receiver, end));
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
