package dev.paddock.example.spring;

import static dev.paddock.test.CallMatcher.textContains;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.test.PaddockSimulator;
import dev.paddock.test.StubbedServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ChatApplication.class)
@PaddockSimulator
class StubbedChatTest {

    @PaddockSimulator
    static StubbedServer models;

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        registry.add("paddock.base-url", models::baseUrl);
    }

    @Test
    void chat_question_isAnswered(@Autowired ChatController controller) {
        models.when(textContains("sky")).answer("Because of Rayleigh scattering.");

        assertThat(controller.chat(new ChatController.Question("Why is the sky blue?")).text()).contains("Rayleigh");
        models.verifyCalled(1);
    }

    @Test
    void bean_asAParameter_isThatOfSpring(@Autowired LlmPort llm) {
        models.byDefault("I do not know.");

        assertThat(llm.chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text()).isEqualTo("I do not know.");
    }

    @Test
    void chat_anotherTest_knowsNothingOfTheFirst(@Autowired ChatController controller) {
        models.byDefault("I do not know.");

        assertThat(controller.chat(new ChatController.Question("Why is the sky blue?")).text()).isEqualTo("I do not know.");
        models.verifyCalled(1);
    }
}
