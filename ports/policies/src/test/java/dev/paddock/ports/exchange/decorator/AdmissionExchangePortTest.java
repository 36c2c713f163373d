package dev.paddock.ports.exchange.decorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.admission.ModelGroup;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.error.OverloadedException.Reason;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.AdmissionMetrics;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.routing.NoTraits;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AdmissionExchangePortTest {

    private static final ExchangeRequest CHAT =
            ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[100]).withModel("llama3.2");
    private static final AdmissionSettings ONE_SLOT = AdmissionSettings.DEFAULT.withSlots(1, 1).withQueue(4, 1000);

    private final ManualTicker ticker = new ManualTicker();
    private final HeldServer server = new HeldServer();
    private final AdmissionFigures figures = new AdmissionFigures();
    private AdmissionControl control = new AdmissionControl(ONE_SLOT, figures, ticker::nanos);
    private ExchangeChain chain = ExchangeChain.assemble(server, decorators(control));

    @AfterEach
    void close() {
        chain.close();
    }

    @Test
    void open_slotIsFree_isAdmittedAtOnce() {
        try (Exchange exchange = open(CallContext.create())) {
            assertThat(exchange.head().provenance().queuedForAdmission()).isZero();
            assertThat(figures.gauge(AdmissionMetrics.IN_PROGRESS.with())).isEqualTo(1);
        }
        assertThat(figures.gauge(AdmissionMetrics.IN_PROGRESS.with())).isZero();
        assertThat(figures.counted(AdmissionMetrics.WAIT.with("interactive"))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, mode = EnumSource.Mode.EXCLUDE, names = {"CHAT", "GENERATE", "EMBED"})
    void open_lookupOrChange_neverWaits(Operation operation) {
        Exchange holder = open(CallContext.create());

        try (Exchange lookup = chain.open(ExchangeRequest.get(operation, "/x").withModel("llama3.2"), CallContext.create())) {
            assertThat(lookup.head().provenance().queuedForAdmission()).isNull();
        }
        holder.close();
    }

    @Test
    void open_slotIsTaken_waitsUntilTheAnswerBeforeHasEnded() {
        Exchange holder = open(CallContext.create());
        List<Duration> told = new ArrayList<>();
        Future<Exchange> waiting = Parallel.start(() -> open(CallContext.create().with(CallAttributes.ON_ADMISSION, told::add)));
        awaitWaiting(1);
        assertThat(server.requests()).hasSize(1);

        ticker.advance(Duration.ofSeconds(2));
        assertThat(holder.next()).isNull();

        try (Exchange admitted = Parallel.resultOf(waiting)) {
            assertThat(told).containsExactly(Duration.ofSeconds(2));
            assertThat(admitted.head().provenance().queuedForAdmission()).isEqualTo(Duration.ofSeconds(2));
        }
        assertThat(server.mostInProgress()).isEqualTo(1);
    }

    @Test
    void open_otherModel_hasSlotsOfItsOwn() {
        Exchange holder = open(CallContext.create());

        chain.open(CHAT.withModel("other"), CallContext.create()).close();

        holder.close();
    }

    @Test
    void cancel_callInTheQueue_leavesAtOnceAndFreesItsBytes() {
        Exchange holder = open(CallContext.create());
        CallContext context = CallContext.create();
        Future<LlmException> waiting = failureOf(() -> open(context));
        awaitWaiting(1);
        assertThat(figures.gauge(AdmissionMetrics.BYTES.with())).isEqualTo(100);

        context.cancellation().cancel();

        Eventually.await("the call has left", () -> figures.gauge(AdmissionMetrics.WAITING.with("interactive")) == 0);
        assertThat(figures.gauge(AdmissionMetrics.BYTES.with())).isZero();
        assertThat(Parallel.resultOf(waiting)).isInstanceOf(CallCancelledException.class);
        holder.close();
        assertThat(server.requests()).hasSize(1);
        assertThat(figures.counted(AdmissionMetrics.REFUSED.with("interactive", "cancelled"))).isEqualTo(1);
    }

    @Test
    void open_callCancelledBefore_doesNotWait() {
        Exchange holder = open(CallContext.create());
        CallContext context = CallContext.create();
        context.cancellation().cancel();

        assertThat(catchThrowableOfType(CallCancelledException.class, () -> open(context))).isNotNull();
        assertThat(figures.gauge(AdmissionMetrics.BYTES.with())).isZero();
        holder.close();
    }

    @Test
    void close_callsInTheQueue_failAsClosedAndThoseInProgressGoOn() {
        Exchange holder = open(CallContext.create());
        Future<LlmException> waiting = failureOf(() -> open(CallContext.create()));
        awaitWaiting(1);

        chain.close();

        assertThat(Parallel.resultOf(waiting)).isInstanceOf(ClientClosedException.class);
        assertThat(holder.next()).isNull();
        assertThat(server.inProgress()).isZero();
    }

    @Test
    void cancel_answerThatIsNeverClosed_givesItsSlotBack() {
        CallContext context = CallContext.create();
        Exchange abandoned = open(context);

        context.cancellation().cancel();

        open(CallContext.create()).close();
        abandoned.close();
        assertThat(figures.gauge(AdmissionMetrics.IN_PROGRESS.with())).isZero();
    }

    @Test
    void open_callFails_givesItsSlotBack() {
        server.failing(new ConnectionLostException("lost", ErrorFacts.NONE));
        for (int call = 0; call < 3; call++) {
            assertThat(catchThrowableOfType(ConnectionLostException.class, () -> open(CallContext.create()))).isNotNull();
        }
        server.failing(null);

        open(CallContext.create()).close();

        assertThat(figures.gauge(AdmissionMetrics.IN_PROGRESS.with())).isZero();
    }

    @Test
    void startNext_waitLongerThanItsPriorityAllows_isRefusedAtItsTurn() {
        Exchange holder = open(CallContext.create());
        Future<LlmException> interactive = failureOf(() -> open(CallContext.create()));
        awaitWaiting(1);
        Future<Exchange> batch = Parallel.start(
                () -> open(CallContext.create().with(CallAttributes.PRIORITY, Priority.BATCH)));
        Eventually.await(() -> figures.gauge(AdmissionMetrics.WAITING.with("batch")) == 1);
        ticker.advance(Duration.ofMinutes(2)); // more than an interactive call may wait, less than a batch call

        assertThat(holder.next()).isNull();

        OverloadedException expired = (OverloadedException) Parallel.resultOf(interactive);
        assertThat(expired.reason()).isEqualTo(Reason.EXPIRED);
        assertThat(expired.facts().retryAfter()).isNull();
        assertThat(expired.facts().elapsed()).isEqualTo(Duration.ofMinutes(2));
        Parallel.resultOf(batch).close();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void open_priorityExpiresWhileNoSlotIsFree_isRefused() {
        AdmissionSettings settings = ONE_SLOT.withWaits(Duration.ofMillis(5), Duration.ofMinutes(1));
        control = new AdmissionControl(settings, figures, System::nanoTime);
        chain = ExchangeChain.assemble(server, decorators(control));
        Exchange holder = open(CallContext.create());

        OverloadedException expired = catchThrowableOfType(OverloadedException.class, () -> open(CallContext.create()));

        assertThat(expired.reason()).isEqualTo(Reason.EXPIRED);
        assertThat(expired).hasMessageContaining("5 ms");
        assertThat(figures.gauge(AdmissionMetrics.BYTES.with())).isZero();
        holder.close();
    }

    @Test
    void open_deadlinePassesInTheQueue_isTimeoutOfTheCall() {
        control = new AdmissionControl(ONE_SLOT, figures, System::nanoTime);
        chain = ExchangeChain.assemble(server, decorators(control));
        Exchange holder = open(CallContext.create());

        LlmTimeoutException late = catchThrowableOfType(
                LlmTimeoutException.class, () -> open(CallContext.within(Duration.ofMillis(5), System::nanoTime)));

        assertThat(late.phase()).isEqualTo(CallPhase.CALL);
        assertThat(late.limit()).isEqualTo(Duration.ofMillis(5));
        assertThat(server.requests()).hasSize(1);
        holder.close();
    }

    @Test
    void open_ownShareIsUsed_isRefusedWithLimitAndMeasuredWait() {
        answerIn(Duration.ofMillis(2500));
        Exchange holder = open(by("busy"));
        List<Future<Exchange>> waiting = new ArrayList<>();
        for (int call = 1; call <= 2; call++) {
            waiting.add(Parallel.start(() -> open(by("busy"))));
            awaitWaiting(call);
        }

        OverloadedException refused = catchThrowableOfType(OverloadedException.class, () -> open(by("busy")));

        assertThat(refused.reason()).isEqualTo(Reason.CALLER_SHARE);
        assertThat(refused.isOwnShare()).isTrue();
        assertThat(refused.limit()).isEqualTo(2);
        assertThat(refused.expectedWait()).isEqualTo(Duration.ofMillis(7500));
        assertThat(refused.facts().retryAfter()).isEqualTo(Duration.ofMillis(7500));
        assertThat(refused.facts().attempts()).isZero();
        assertThat(figures.counted(AdmissionMetrics.REFUSED.with("interactive", "caller_share"))).isEqualTo(1);
        holder.close();
        waiting.forEach(call -> Parallel.resultOf(call).close());
    }

    @Test
    void open_queueIsFull_isRefusedForAllWithWaitWithinBounds() {
        answerIn(Duration.ofMinutes(5));
        Exchange holder = open(by("first"));
        List<Future<Exchange>> waiting = new ArrayList<>();
        for (int caller = 1; caller <= 4; caller++) {
            String name = "caller-" + caller;
            waiting.add(Parallel.start(() -> open(by(name))));
            awaitWaiting(caller);
        }

        OverloadedException refused = catchThrowableOfType(OverloadedException.class, () -> open(by("further")));

        assertThat(refused.reason()).isEqualTo(Reason.QUEUE_FULL);
        assertThat(refused.isOwnShare()).isFalse();
        assertThat(refused.limit()).isEqualTo(4);
        assertThat(refused.facts().retryAfter()).isEqualTo(Duration.ofSeconds(30));
        holder.close();
        waiting.forEach(call -> Parallel.resultOf(call).close());
    }

    @Test
    void open_expectedWaitBeyondDeadline_isRefusedAtEntry() {
        answerIn(Duration.ofSeconds(10));
        Exchange holder = open(CallContext.create());

        OverloadedException refused = catchThrowableOfType(
                OverloadedException.class, () -> open(CallContext.within(Duration.ofSeconds(9), ticker::nanos)));

        assertThat(refused.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(refused.facts().retryAfter()).isEqualTo(Duration.ofSeconds(10));
        holder.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 529})
    void answer_busy_shrinksTheLimitToTheSlots(int status) {
        grow(AdmissionSettings.DEFAULT.withSlots(2, 8));
        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).isEqualTo(8);

        server.answering(status);
        for (int call = 0; call < 40; call++) {
            open(CallContext.create()).next();
        }

        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).isEqualTo(2);
        assertThat(figures.counted(AdmissionMetrics.OVERLOADS.with())).isEqualTo(40);
    }

    @Test
    void answers_mostSayThatTheirCallsWaitedAtTheServer_shrinkTheLimitToTheSlots() {
        grow(AdmissionSettings.DEFAULT.withSlots(2, 8));

        for (int call = 0; call < 200; call++) { // a wait of 20 ms is no queue, one of a second is
            server.ending(Frame.terminal(new byte[call % 2 == 0 ? 2 : 100]));
            readAll(open(CallContext.create()));
        }
        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).as("half of the calls met others there by chance").isEqualTo(8);
        server.ending(Frame.terminal(new byte[100]));
        for (int call = 0; call < 80; call++) {
            readAll(open(CallContext.create()));
        }

        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).isEqualTo(2);
        assertThat(figures.counted(AdmissionMetrics.OVERLOADS.with())).isBetween(50L, 79L);
    }

    @Test
    void answer_limitIsFixed_isNotAskedForItsWait() {
        server.ending(Frame.terminal(new byte[100]));

        readAll(open(CallContext.create()));

        assertThat(figures.counted(AdmissionMetrics.OVERLOADS.with())).isZero();
    }

    @Test
    void open_severalGateways_beginWithTheirShareAndMayHaveAll() {
        grow(AdmissionSettings.DEFAULT.withSlots(8, 8).withGateways(3));

        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).isEqualTo(8);
        server.ending(Frame.terminal(new byte[100]));
        for (int call = 0; call < 80; call++) {
            readAll(open(CallContext.create()));
        }
        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).isEqualTo(3);
    }

    @Test
    void release_serversHaveMoreSlotsThanBefore_waitingCallsGetThemAlthoughNoFurtherCallComes() {
        AtomicInteger slots = new AtomicInteger(1);
        chain = ExchangeChain.assemble(server, List.of(AdmissionExchangePort.decorator(control, capacityOf(slots, new AtomicReference<>()))));
        Exchange holder = open(CallContext.create());
        List<Future<Exchange>> waiting = new ArrayList<>();
        for (int count = 1; count <= 3; count++) {
            waiting.add(Parallel.start(() -> open(CallContext.create())));
            awaitWaiting(count);
        }

        slots.set(3);
        ticker.advance(Duration.ofSeconds(1));
        holder.close();

        List<Exchange> admitted = waiting.stream().map(Parallel::resultOf).toList();
        admitted.forEach(Exchange::close);
    }

    @Test
    void open_modelIsUnloadedDuringTheWait_isRefusedWithItsTurnAndLeavesItsSlot() {
        AtomicReference<@Nullable Duration> load = new AtomicReference<>();
        chain = ExchangeChain.assemble(server, List.of(AdmissionExchangePort.decorator(control, capacityOf(new AtomicInteger(1), load))));
        Exchange holder = open(CallContext.create());
        Future<LlmException> waiting = failureOf(() -> open(CallContext.within(Duration.ofSeconds(15), ticker::nanos)));
        awaitWaiting(1);
        load.set(Duration.ofSeconds(20));

        holder.close();

        OverloadedException refused = (OverloadedException) Parallel.resultOf(waiting);
        assertThat(refused.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(refused.expectedWait()).isEqualTo(Duration.ofSeconds(20));
        open(CallContext.create()).close(); // without a deadline, and in the slot
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void open_serversHaveMoreSlotsThanBefore_waitingCallsGetThem() {
        AtomicInteger slots = new AtomicInteger(1);
        chain = ExchangeChain.assemble(server, List.of(AdmissionExchangePort.decorator(control, capacityOf(slots, new AtomicReference<>()))));
        Exchange holder = open(CallContext.create());
        Future<Exchange> waiting = Parallel.start(() -> open(CallContext.create()));
        awaitWaiting(1);

        slots.set(3);
        ticker.advance(Duration.ofSeconds(1));
        Exchange further = open(CallContext.create());

        Parallel.resultOf(waiting).close();
        assertThat(figures.gauge(AdmissionMetrics.LIMIT.with())).isEqualTo(3);
        further.close();
        holder.close();
    }

    @Test
    void open_answerIsNeitherReadNorClosed_losesItsSlotToTheCallThatWaits() {
        control = new AdmissionControl(ONE_SLOT.withUnread(Duration.ofMinutes(5)), figures, ticker::nanos);
        chain = ExchangeChain.assemble(server, decorators(control));
        Exchange abandoned = open(CallContext.create());
        ticker.advance(Duration.ofMinutes(4));
        Future<Exchange> waiting = Parallel.start(() -> open(CallContext.within(Duration.ofHours(1), ticker::nanos)
                .with(CallAttributes.PRIORITY, Priority.BATCH)));
        Eventually.await(() -> figures.gauge(AdmissionMetrics.WAITING.with("batch")) == 1);
        assertThat(server.inProgress()).isEqualTo(1);

        ticker.advance(Duration.ofMinutes(2));
        Future<Exchange> next = Parallel.start(() -> open(by("next")));

        Parallel.resultOf(next).close();
        Parallel.resultOf(waiting).close();
        assertThat(server.inProgress()).isZero();
        assertThat(abandoned.next()).isNull(); // this server has no failure for an answer that was closed
        assertThat(figures.gauge(AdmissionMetrics.IN_PROGRESS.with())).isZero();
    }

    @Test
    void open_answerIsNeitherReadNorClosed_losesItsSlotWithoutFurtherCalls() {
        control = new AdmissionControl(
                ONE_SLOT.withUnread(Duration.ofMillis(30)).withWaits(Duration.ofHours(1), Duration.ofHours(1)), figures, System::nanoTime);
        chain = ExchangeChain.assemble(server, decorators(control));
        Exchange abandoned = open(CallContext.create());

        open(CallContext.create()).close();

        assertThat(server.mostInProgress()).isEqualTo(1);
        abandoned.close();
    }

    @Test
    void callsPerSecond_callsInProgress_isTheRateOfTheServer() {
        assertThat(control.callsPerSecond()).isNaN();
        answerIn(Duration.ofMillis(100));
        assertThat(control.callsPerSecond()).as("without calls").isNaN();

        Exchange holder = open(CallContext.create());

        assertThat(control.callsPerSecond()).isEqualTo(10);
        holder.close();
    }

    /** Lets the server answer a call, which takes the given time. */
    private void answerIn(Duration time) {
        Exchange exchange = open(CallContext.create());
        ticker.advance(time);
        assertThat(exchange.next()).isNull();
    }

    /** Lets the limit grow as far as it does, with one call in progress until the end of the test. */
    private void grow(AdmissionSettings settings) {
        control = new AdmissionControl(settings, figures, ticker::nanos);
        chain = ExchangeChain.assemble(server, decorators(control));
        Exchange unused = open(CallContext.create());
        for (int round = 0; round < 60; round++) {
            List<Exchange> open = new ArrayList<>();
            for (int limit = (int) figures.gauge(AdmissionMetrics.LIMIT.with()); open.size() < limit - 1; ) {
                open.add(open(CallContext.create()));
            }
            open.forEach(AdmissionExchangePortTest::readAll);
        }
    }

    private static void readAll(Exchange exchange) {
        while (exchange.next() != null) {
            // to its end
        }
    }

    private Exchange open(CallContext context) {
        return chain.open(CHAT, context);
    }

    private static List<ExchangeDecorator> decorators(AdmissionControl control) {
        return List.of(AdmissionExchangePort.decorator(control, ModelCapacityPort.usual()), OverloadExchangePort.decorator(new NoTraits()));
    }

    private static CallContext by(String caller) {
        return CallContext.create().with(CallAttributes.CALLER, caller);
    }

    private static ModelCapacityPort capacityOf(AtomicInteger slots, AtomicReference<@Nullable Duration> load) {
        return new ModelCapacityPort() {
            @Override
            public ModelGroup group(ExchangeRequest request) {
                return ModelGroup.of(request.model());
            }

            @Override
            public int slots(ModelGroup group, int usual) {
                return slots.get();
            }

            @Override
            public @Nullable Duration loadBeyond(ExchangeRequest request, ModelGroup group, Duration limit) {
                return load.get();
            }
        };
    }

    private void awaitWaiting(int calls) {
        Eventually.await("calls wait", () -> figures.gauge(AdmissionMetrics.WAITING.with("interactive")) == calls);
    }

    private static Future<LlmException> failureOf(Callable<Exchange> call) {
        return Parallel.start(() -> catchThrowableOfType(LlmException.class, call::call));
    }
}
