package dev.paddock.ports.exchange.decorator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineExchangePortTest {

    private static final ExchangeRequest CHAT = ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {1});

    private final ManualTicker ticker = new ManualTicker();
    private final List<CallContext> passedOn = new ArrayList<>();

    @Test
    void open_callWithoutDeadline_getsOneThatStartsNow() {
        CallContext context = CallContext.create();
        ExchangePort port = limited(Duration.ofSeconds(5));
        ticker.advance(Duration.ofMinutes(1));

        port.open(CHAT, context).close();
        ticker.advance(Duration.ofSeconds(2));

        Deadline deadline = passedOn.getFirst().deadline();
        assertThat(deadline).isNotNull();
        assertThat(deadline.remaining()).hasSeconds(3);
        assertThat(passedOn.getFirst().cancellation()).isSameAs(context.cancellation());
    }

    @Test
    void open_callWithADeadline_keepsItEvenIfItIsLater() {
        CallContext context = CallContext.within(Duration.ofHours(1), ticker::nanos);

        limited(Duration.ofSeconds(5)).open(CHAT, context).close();

        assertThat(passedOn).containsExactly(context);
    }

    @Test
    void open_noLimit_passesTheContextOnUnchanged() {
        CallContext context = CallContext.create();

        limited(null).open(CHAT, context).close();

        assertThat(passedOn).containsExactly(context);
    }

    private ExchangePort limited(@Nullable Duration limit) {
        ExchangePort delegate = (request, context) -> {
            passedOn.add(context);
            return new ScriptedExchange(200, List.of());
        };
        return new DeadlineExchangePort(delegate, limit, ticker::nanos);
    }
}
