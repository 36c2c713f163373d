package dev.paddock.adapters.http.bridge.spring;

import dev.paddock.adapters.http.bridge.CallFailedException;
import dev.paddock.adapters.http.bridge.ForeignResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Frame;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/** One answer to a reactive client: a buffer for each line, event or part, when it is asked for. */
final class ReactiveResponse extends AbstractClientHttpResponse {

    ReactiveResponse(ForeignResponse response, Scheduler scheduler) {
        super(
                HttpStatusCode.valueOf(response.status()),
                SpringHeaders.toSpring(response.headers()),
                CollectionUtils.unmodifiableMultiValueMap(new LinkedMultiValueMap<>()),
                body(response, scheduler));
    }

    private static Flux<DataBuffer> body(ForeignResponse response, Scheduler scheduler) {
        AtomicBoolean left = new AtomicBoolean();
        return Flux.<DataBuffer, ForeignResponse>generate(
                        () -> response, (open, sink) -> next(open, sink, left), ForeignResponse::close)
                .subscribeOn(scheduler)
                .doOnCancel(() -> { // at once, while the next piece may be waited for
                    left.set(true);
                    response.close();
                });
    }

    private static ForeignResponse next(ForeignResponse response, SynchronousSink<DataBuffer> sink, AtomicBoolean left) {
        try {
            Frame frame = response.next();
            if (frame == null) {
                sink.complete();
            } else {
                sink.next(DefaultDataBufferFactory.sharedInstance.wrap(frame.bytes()));
            }
        } catch (LlmException failure) {
            if (left.get()) {
                sink.complete(); // the subscriber closed it, and hears of nothing more
            } else {
                sink.error(CallFailedException.of(failure));
            }
        }
        return response;
    }
}
