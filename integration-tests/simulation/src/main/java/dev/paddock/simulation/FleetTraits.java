package dev.paddock.simulation;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.RequestTraits;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import dev.paddock.domain.routing.RunnerOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The requests and the last frames of a simulation, which are numbers instead of JSON. */
final class FleetTraits implements RequestTraits {

    static ExchangeRequest request(FleetCall call) {
        byte[] body = ByteBuffer.allocate(2 * Long.BYTES).putLong(call.prompt()).putLong(call.generation()).array();
        return ExchangeRequest.post(Operation.CHAT, "/api/chat", body).withModel(call.model());
    }

    static long prompt(ExchangeRequest request) {
        return ByteBuffer.wrap(request.body().bytes()).getLong(0);
    }

    static long generation(ExchangeRequest request) {
        return ByteBuffer.wrap(request.body().bytes()).getLong(Long.BYTES);
    }

    static Frame lastFrame(long total, long load, long prompt, long generation) {
        return Frame.terminal(
                ByteBuffer.allocate(4 * Long.BYTES).putLong(total).putLong(load).putLong(prompt).putLong(generation).array());
    }

    @Override
    public Timings timings(Frame last) {
        ByteBuffer numbers = ByteBuffer.wrap(last.bytes());
        return new Timings(nanos(numbers), nanos(numbers), nanos(numbers), nanos(numbers));
    }

    private static Duration nanos(ByteBuffer numbers) {
        return Duration.ofNanos(numbers.getLong());
    }

    @Override
    public RunnerOptions options(ExchangeRequest request) {
        return RunnerOptions.ANY;
    }

    @Override
    public @Nullable Long affinity(ExchangeRequest request, Affinity affinity) {
        return null;
    }

    @Override
    public ExchangeRequest withModel(ExchangeRequest request, String model) {
        return request.withModel(model);
    }
}
