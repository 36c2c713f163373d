package dev.paddock.example.service;

import static dev.paddock.test.CallMatcher.messageContains;
import static dev.paddock.test.CallMatcher.model;
import static dev.paddock.test.CallMatcher.streamed;
import static dev.paddock.test.CallMatcher.textContains;
import static dev.paddock.test.StubAnswer.busy;
import static dev.paddock.test.StubAnswer.pieces;
import static dev.paddock.test.StubAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.test.PaddockSimulator;
import dev.paddock.test.StubbedServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@PaddockSimulator(settings = "paddock.retry.max-retries=0")
class StorytellerTest {

    @Test
    void tell_aTopic_isTheStory(StubbedServer models, LlmPort llm) {
        models.when(model("llama3.2"), textContains("the sky")).answer("Once the sky was red.");
        assertThat(new Storyteller(llm).tell("the sky")).isEqualTo("Once the sky was red.");
        models.verifyCalled(1, messageContains("system", "children"));
    }

    @Test
    void tell_busyThenFree_apologizesOnce(StubbedServer models, LlmPort llm) {
        models.when().answer(busy(), text("Once upon a time."));
        Storyteller storyteller = new Storyteller(llm);

        assertThat(storyteller.tell("cats")).isEqualTo("Come back later.");
        assertThat(storyteller.tell("cats")).isEqualTo("Once upon a time.");
    }

    @Test
    void tell_connectionBreaks_saysSo(StubbedServer models, LlmPort llm) {
        models.when().answer(text("Once upon a time").cutAfter(2));

        assertThat(new Storyteller(llm).tell("cats")).endsWith("and then I fell asleep.");
    }

    @Test
    void tell_listenerHasEnough_stopsTheModel(StubbedServer models, LlmPort llm) throws Exception {
        models.when(streamed()).answer(pieces("Once", " upon").stalledAfter(1));

        new Storyteller(llm).tell("cats", piece -> false);

        models.awaitAbandonedCall(Duration.ofSeconds(30));
    }

    @Test
    void tell_whileTheModelWrites_showsTheFirstPiece(StubbedServer models, LlmPort llm) throws Exception {
        Latch latch = new Latch();
        models.when(streamed()).answer(pieces("Once", " upon").heldAfter(1, latch));
        StringBuffer heard = new StringBuffer();
        CompletableFuture<Void> telling = CompletableFuture.runAsync(
                () -> new Storyteller(llm).tell("cats", piece -> heard.append(piece) != null));

        assertThat(latch.awaitArrival(Duration.ofSeconds(30))).isTrue(); // the first piece has been sent
        assertThat(telling).isNotDone();
        latch.open();
        assertThat(telling).succeedsWithin(Duration.ofSeconds(30));
        assertThat(heard).hasToString("Once upon");
    }
}
