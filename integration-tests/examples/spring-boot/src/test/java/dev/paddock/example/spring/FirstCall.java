package dev.paddock.example.spring;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationContext;

/** The first call of an application; only the application with the starter loads this class. */
final class FirstCall {

    private FirstCall() {}

    /** Makes the call, and returns the milliseconds that it took. */
    static long milliseconds(ApplicationContext application, boolean whenOpened) {
        if (whenOpened) {
            application.getBean(Paddock.class).open();
        }
        LlmPort llm = application.getBean(LlmPort.class);
        long before = System.nanoTime();
        llm.chat(ChatRequest.of("llama3.2", "Why is the sky blue?"));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    }
}
