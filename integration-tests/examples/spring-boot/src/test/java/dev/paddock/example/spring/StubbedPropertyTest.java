package dev.paddock.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.ports.llm.LlmPort;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.test.PaddockSimulator;
import dev.paddock.test.StubbedServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

@PaddockSimulator(systemProperty = "paddock.base-url")
@SpringBootTest(classes = ChatApplication.class)
@DirtiesContext
class StubbedPropertyTest {

    @Autowired
    private LlmPort llm;

    @Test
    void chat_question_isAnsweredByTheStub(StubbedServer models) {
        models.byDefault("I do not know.");

        assertThat(llm.chat(ChatRequest.of("llama3.2", "Why?")).text()).isEqualTo("I do not know.");
    }
}
