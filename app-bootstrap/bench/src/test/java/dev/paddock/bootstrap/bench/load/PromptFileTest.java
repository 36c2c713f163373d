package dev.paddock.bootstrap.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.bench.load.Conversation.Turn;
import dev.paddock.bootstrap.bench.load.Prompts.GeneratedPrompts;
import dev.paddock.bootstrap.bench.load.Prompts.RecordedPrompts;
import dev.paddock.bootstrap.bench.load.SessionSource.BenchSession;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.domain.model.ModelName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptFileTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "One?\n\n  Two?  \r\n",
        "\ufeffOne?\nTwo?",
        "{\"prompt\":\"One?\"}\n\n{\"text\":\"Two?\"}\n",
        "\"One?\"\n\"Two?\"",
        "[\"One?\", \"Two?\"]",
        "[{\"question\":\"One?\"},{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Two?\"}]}]}]",
        "{\"turns\":[\"One?\"]}\n{\"conversations\":[{\"from\":\"gpt\",\"value\":\"Hi\"},{\"from\":\"human\",\"value\":\"Two?\"}]}",
        "[{\"conversations\":[]},{\"conversations\":[{\"from\":\"human\",\"value\":\"One?\"}]},{\"prompt\":\" \"},{\"prompt\":\"Two?\"}]",
    })
    void prompts_ofAnyFormat_areRead(String file) {
        List<Conversation> conversations = read(file).conversations();

        assertThat(conversations.stream().map(conversation -> conversation.turns().getFirst().prompt())).containsExactly("One?", "Two?");
    }

    @Test
    void text_thatBeginsWithAQuotation_isText() {
        assertThat(read("\"Why?\" she asked.\nTwo?").conversations()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[INST] Why? [/INST]\nTwo?", " [ Why?\nTwo?", "[1] Why?\nTwo?", "[[INST]]\nTwo?"})
    void text_thatBeginsWithABracket_isText(String file) {
        assertThat(read(file).conversations()).hasSize(2);
    }

    @Test
    void loads_eachBeginAtAnotherPlaceOfTheFile() {
        RecordedPrompts prompts = read(IntStream.range(0, 1024).mapToObj(Integer::toString).collect(Collectors.joining("\n")));

        List<String> first = LongStream.range(0, 14)
                .mapToObj(load -> prompts.conversation(load * Prompts.OF_A_LOAD, 1).turns().getFirst().prompt())
                .toList();

        assertThat(first).doesNotHaveDuplicates().startsWith("0");
        assertThat(prompts.conversation(3 * Prompts.OF_A_LOAD, 1)).isEqualTo(prompts.conversation(3 * Prompts.OF_A_LOAD + 1024, 1));
    }

    @Test
    void conversation_ofShareGpt_hasTheTurnsOfTheUser() {
        Conversation conversation = read("""
                [{"id": "x", "max_tokens": 9, "conversations": [{"from": "system", "value": "Be short."}, {"from": "human", "value": "A"},
                  {"from": "gpt", "value": "no"}, {"from": "human", "value": "B"}]}]""").conversations().getFirst();

        assertThat(conversation).isEqualTo(new Conversation("Be short.", List.of(new Turn("A", 9), new Turn("B", 9))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n ", "[]", "[{\"conversations\":[]}]", "{\"prompt\":\"\"}"})
    void file_withoutAPrompt_isRefused(String file) {
        assertThatThrownBy(() -> read(file)).hasMessageContaining("has no prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"prompt\":\"One?\"}\nnot json", "{\"prompt\":\"One?\"}\n{\"answer\":\"x\"}", "{\"prompt\":\"One?\"}\n5"})
    void line_thatIsMalformed_isNamed(String file) {
        assertThatThrownBy(() -> read(file)).hasMessageContaining("line 2").hasMessageNotContaining("not json x");
    }

    @Test
    void array_thatIsMalformed_isRefused() {
        assertThatThrownBy(() -> read("[{\"prompt\":")).hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> read("[{\"prompt\":\"a\"}, 7]")).hasMessageContaining("element 2");
    }

    @Test
    void singlePrompts_withTurns_makeConversations() {
        Workload workload = new Workload(
                WorkloadKind.CHAT, List.of(new ModelName("m")), read("1\n2\n3\n4"), 0, 2, TokenRange.of(5));
        SessionSource source = new SessionSource(workload, 6, 0);

        List<BenchSession> sessions = Stream.generate(source::next).takeWhile(session -> session != null).toList();

        assertThat(sessions.stream().map(session -> session.turns().stream().map(Turn::prompt).toList()))
                .containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("1", "2"));
        assertThat(sessions).extracting(BenchSession::repeated).containsExactly(false, false, true);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.25, 0.4, 0.5, 0.9, 1})
    void repeat_share_isKeptExactly(double share) {
        Workload workload = new Workload(
                WorkloadKind.CHAT, List.of(new ModelName("m")), new GeneratedPrompts(null), share, 1, TokenRange.of(5));
        SessionSource source = new SessionSource(workload, 1000, 0);

        List<String> prompts = Stream.generate(source::next)
                .takeWhile(session -> session != null)
                .map(session -> session.turns().getFirst().prompt())
                .toList();

        assertThat(prompts).hasSize(1000);
        assertThat(prompts.stream().distinct().count()).isEqualTo(Math.max(1, 1000 - Math.round(1000 * share)));
    }

    @Test
    void generatedPrompts_ofARange_haveAllLengthsAndAreTheSameAgain() {
        GeneratedPrompts prompts = new GeneratedPrompts(TokenRange.parse("3-5"));

        List<String> texts = Stream.iterate(0L, index -> index + 1)
                .limit(200)
                .map(index -> prompts.conversation(index, 1).turns().getFirst().prompt())
                .toList();

        assertThat(texts).doesNotHaveDuplicates();
        assertThat(texts.stream().map(text -> text.split(" ").length).distinct()).containsExactlyInAnyOrder(3, 4, 5);
        assertThat(prompts.conversation(7, 1).turns().getFirst().prompt()).isEqualTo(texts.get(7));
    }

    @Test
    void array_ofAnyLength_isRead() throws Exception {
        String answer = "{\"from\":\"gpt\",\"value\":\"a ]}, \\\" [{ \\\\\"}";
        String element = "{\"conversations\":[" + answer + ",{\"from\":\"human\",\"value\":\"Why?\"}," + answer + "]}";
        int number = 300_000; // more values than one document may have
        List<InputStream> parts = new ArrayList<>();
        parts.add(new ByteArrayInputStream("[ ".getBytes(UTF_8)));
        byte[] each = (element + ",\n").getBytes(UTF_8);
        for (int index = 1; index < number; index++) {
            parts.add(new ByteArrayInputStream(each));
        }
        parts.add(new ByteArrayInputStream((element + " ]").getBytes(UTF_8)));

        assertThat(PromptFile.read(new SequenceInputStream(Collections.enumeration(parts))).conversations())
                .hasSize(number)
                .allMatch(conversation -> conversation.turns().getFirst().prompt().equals("Why?"));
    }

    private static RecordedPrompts read(String file) {
        try {
            return PromptFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "5-3", "many", "", "1-", "9999999"})
    void tokens_thatAreNone_areRefused(String text) {
        assertThatThrownBy(() -> TokenRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
