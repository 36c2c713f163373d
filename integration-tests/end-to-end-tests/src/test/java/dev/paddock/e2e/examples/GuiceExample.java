package dev.paddock.e2e.examples;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.PaddockModule;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;

/** The example for Guice in the README. */
final class GuiceExample {

    private GuiceExample() {}

    static final class Storyteller {
        private final LlmPort llm;

        @Inject
        Storyteller(LlmPort llm) {
            this.llm = llm;
        }

        String tell() {
            return llm.chat(ChatRequest.of("llama3.2", "Once upon a time")).text();
        }
    }

    static String tell(PaddockSettings settings) {
        Injector injector = Guice.createInjector(new PaddockModule(settings));
        String story = injector.getInstance(Storyteller.class).tell();
        injector.getInstance(Paddock.class).close(); // at the end of the application
        return story;
    }
}
