package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;

/** An answer whose chunks suffer what the script says. */
final class FaultyAnswer implements AnswerSink {
    private static final String PADDING = "pad ";

    private final SimulatedExchange exchange;
    private final AnswerSink next;
    private int chunks;

    FaultyAnswer(SimulatedExchange exchange, AnswerSink next) {
        this.exchange = exchange;
        this.next = next;
    }

    @Override
    public void chunk(ObjectNode chunk) {
        int index = chunks++;
        FaultPlan plan = exchange.faults();
        plan.find(Fault.HoldLines.class).filter(hold -> hold.afterLines() == index)
            .ifPresent(hold -> exchange.await(hold.gate().arrive()));
        plan.find(Fault.Stall.class).filter(stall -> stall.afterLines() == index)
            .ifPresent(stall -> exchange.awaitDisconnection());
        failAt(index, plan);
        plan.find(Fault.UnexpectedRole.class).ifPresent(foreign -> giveRole(chunk, foreign.role()));
        plan.find(Fault.HugeLine.class).filter(huge -> huge.afterLines() == index)
            .ifPresent(huge -> pad(chunk, huge.bytes()));
        next.chunk(chunk);
    }

    private static void failAt(int index, FaultPlan plan) {
        plan.find(Fault.RunnerFailure.class).filter(failure -> failure.afterLines() == index).ifPresent(failure -> {
            throw new RunnerFailedException(failure.message(), false);
        });
        plan.find(Fault.ErrorLineFirst.class).ifPresent(failure -> {
            throw new RunnerFailedException(failure.message(), true);
        });
        plan.find(Fault.Truncate.class).filter(cut -> cut.afterLines() == index).ifPresent(cut -> {
            throw new AnswerTruncatedException();
        });
    }

    private static void giveRole(ObjectNode chunk, String role) {
        if (chunk.path("message") instanceof ObjectNode message) {
            message.put("role", role);
        }
    }

    private static void pad(ObjectNode chunk, int bytes) {
        String padding = PADDING.repeat(bytes / PADDING.length() + 1);
        if (chunk.path("message") instanceof ObjectNode message) {
            message.put("content", message.path("content").asText() + padding);
        } else if (chunk.has("response")) {
            chunk.put("response", chunk.path("response").asText() + padding);
        } else {
            chunk.put("padding", padding);
        }
    }

    @Override
    public void fail(RunnerFailedException failure) {
        next.fail(failure);
    }

    @Override
    public void end() {
        next.end();
    }
}
