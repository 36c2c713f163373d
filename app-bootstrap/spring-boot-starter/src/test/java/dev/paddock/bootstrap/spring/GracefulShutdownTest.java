package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.testsupport.Eventually;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that stops while an answer is on its way. */
class GracefulShutdownTest {

    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Why is the sky blue?");

    private final OllamaSimulator server = OllamaSimulator.start();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        server.close();
        threads.close();
    }

    @Test
    void close_streamInProgress_letsItEnd() throws Exception {
        Latch held = new Latch();
        ConfigurableApplicationContext application = application("1h");
        CompletableFuture<String> answer = begun(application, held);

        Thread closing = Thread.ofPlatform().start(application::close);
        Eventually.await("closing waits", () -> closing.getState() == Thread.State.TIMED_WAITING || !closing.isAlive());
        assertThat(closing.isAlive()).isTrue();
        held.open();

        assertThat(answer.join()).isNotBlank();
        closing.join();
        assertThat(server.counters().disconnects()).isZero();
    }

    @Test
    void close_streamWithoutEnd_isCutAfterTheTimeout() throws Exception {
        Latch held = new Latch();
        ConfigurableApplicationContext application = application("50ms");
        CompletableFuture<String> answer = begun(application, held);

        application.close();

        assertThat(answer).failsWithin(Eventually.PATIENCE).withThrowableThat().withCauseInstanceOf(ClientClosedException.class);
        assertThat(server.awaitDisconnect(Eventually.PATIENCE)).isTrue();
        held.open();
    }

    private ConfigurableApplicationContext application(String timeout) {
        SpringApplication application = new SpringApplication(PaddockAutoConfiguration.class, LifecycleAutoConfiguration.class);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        return application.run(
                "--paddock.base-url=" + server.baseUrl(),
                "--spring.main.banner-mode=off",
                "--spring.lifecycle.timeout-per-shutdown-phase=" + timeout);
    }

    /** Returns the answer that a thread reads, once the server has sent the first line of it and holds the next. */
    private CompletableFuture<String> begun(ConfigurableApplicationContext application, Latch held) throws InterruptedException {
        server.faults().enqueue(FaultScript.on("/api/chat").then(new Fault.HoldLines(2, held)));
        LlmPort llm = application.getBean(LlmPort.class);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> read(llm), threads);
        assertThat(held.awaitArrival(Eventually.PATIENCE)).isTrue();
        return answer;
    }

    private static String read(LlmPort llm) {
        StringBuilder text = new StringBuilder();
        try (ResponseStream<ChatChunk> stream = llm.chatStream(QUESTION)) {
            stream.forEachRemaining(chunk -> text.append(chunk.text()));
        }
        return text.toString();
    }
}
