package dev.paddock.soak;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes calls as an application does, and writes down what it sees. Thread-safe. */
final class Caller {

    private final Paddock paddock;
    private final SoakPlan plan;
    private final ScheduledExecutorService alarms;

    Caller(Paddock paddock, SoakPlan plan, ScheduledExecutorService alarms) {
        this.paddock = paddock;
        this.plan = plan;
        this.alarms = alarms;
    }

    CallRecord make(int call) {
        Cancellation cancellation = Cancellation.create();
        int cancelAfter = plan.cancelAfterMillis(call);
        Duration deadline = plan.deadline(call);
        CallContext context = CallContext.within(deadline, System::nanoTime).withCancellation(cancellation);
        if (cancelAfter >= 0) {
            alarms.schedule(cancellation::cancel, cancelAfter, TimeUnit.MILLISECONDS);
        }
        boolean interrupted = cancelAfter >= 0 || !deadline.equals(SoakPlan.DEADLINE);
        StringBuilder answer = new StringBuilder();
        LlmException failure = null;
        long start = System.nanoTime();
        try {
            ask(call, context, answer);
        } catch (LlmException failed) {
            failure = failed;
        }
        return record(call, failure, answer.toString(), new Timing(start, interrupted));
    }

    private static CallRecord record(int call, @Nullable LlmException failure, String answer, Timing timing) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - timing.startNanos());
        return new CallRecord(call, failure, answer, elapsed, timing.interrupted());
    }

    private void ask(int call, CallContext context, StringBuilder answer) {
        String name = "call-" + call;
        switch (plan.work(call)) {
            case CHAT -> answer.append(paddock.llm().chat(ChatRequest.of("m", name), context).text());
            case CHAT_STREAM -> {
                try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(ChatRequest.of("m", name), context)) {
                    stream.forEachRemaining(chunk -> answer.append(chunk.text()));
                }
            }
            case GENERATE_STREAM -> {
                try (ResponseStream<GenerateChunk> stream =
                        paddock.llm().generateStream(GenerateRequest.of("m", name), context)) {
                    stream.forEachRemaining(chunk -> answer.append(chunk.text()));
                }
            }
            case EMBED -> {
                float[] vector = paddock.llm()
                        .embed(EmbedRequest.of("m", name), context)
                        .embeddings()
                        .getFirst()
                        .vector();
                answer.append(Arrays.equals(vector, SoakPlan.vector(call)) ? SoakPlan.text(call) : "another vector");
            }
            case SHOW -> answer.append(
                    paddock.models().show(new ModelName(name), context).texts().license());
        }
    }

    private record Timing(long startNanos, boolean interrupted) {}
}
