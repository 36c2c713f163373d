package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.adapters.http.wire.framing.FrameKind;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents of messages: in parts, and with bytes or halves of characters that are no Unicode. In JSON here, ' stands for ". */
class MessageContentTest {

    private static final Dialect OLLAMA = new OllamaDialect();
    private static final Dialect OPEN_AI = new OpenAiDialect();
    private static final String FACE = "\ud83d\ude00";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", value = {
        "'content':[{'type':'text','text':'4'},{'type':'text','text':'2'}]                                  | 42   | none",
        "'content':[{'type':'thinking','thinking':[{'type':'text','text':'hmm'}]},{'type':'text','text':'42'}] | 42   | hmm",
        "'content':[{'thinking':'hmm','signature':'x','type':'thinking'},{'text':'42'}]                       | 42   | hmm",
        "'content':[{'text':'hmm','type':'reasoning'},{'type':'output_text','text':'42'}]                     | 42   | hmm",
        "'content':[{'type':'reasoning','summary':[{'type':'summary_text','text':'hmm'}]},{'text':'42'}]       | 42   | hmm",
        "'content':[{'type':'refusal','refusal':'no'}]                                                        | no   | none",
        "'content':null,'refusal':'no'                                                                       | no   | none",
        "'refusal':'no','content':''                                                                         | no   | none",
        "'content':[{'type':'reference','reference_ids':[1]},{'type':'text','text':'42'},null]                 | 42   | none",
        "'content':[]                                                                                        | ~~   | none",
        "'content':[{'type':'text','text':'4'},{'type':'text','text':null},{'text':[{'text':'2'}]}]            | 42   | none"
    })
    void anyDialect_contentAsParts_isRead(String content, String text, String thinking) {
        for (Message message : List.of(
                OPEN_AI.chat().decode(json("{'choices':[{'message':{" + content + "},'finish_reason':'stop'}]}")).message(),
                OLLAMA.chat().decode(json("{'message':{" + content + "},'done':true}")).message())) {
            assertThat(message.content()).isEqualTo(text);
            assertThat(message.thinking()).isEqualTo(thinking);
        }
        List<ChatChunk> chunks = openAi(json("{'choices':[{'delta':{" + content + "}}]}"), bytes("[DONE]"));
        assertThat(chunks.getFirst().text()).isEqualTo(text);
        assertThat(chunks.getFirst().message().thinking()).isEqualTo(thinking);
    }

    @Test
    void anyDialect_reasoningAsParts_isRead() {
        assertThat(OPEN_AI.chat().decode(json("{'choices':[{'message':{'content':'42','reasoning':[{'type':'text','text':'hmm'}]},"
                        + "'finish_reason':'stop'}]}")).message().thinking())
                .isEqualTo("hmm");
        assertThat(OLLAMA.generate().decode(json("{'response':[{'text':'42'}],'thinking':[{'text':'hmm'}],'done':true}")).output())
                .extracting(output -> output.text() + output.thinking())
                .isEqualTo("42hmm");
    }

    @Test
    void openAi_charactersSplitOverPieces_areJoined() {
        List<ChatChunk> chunks = openAi(
                delta("'content':'a\\ud83d'"), delta("'content':''"), delta("'reasoning':'\\ud83d'"), delta("'reasoning':'\\ude00'"),
                delta("'content':'\\ude00b'"), bytes("[DONE]"));

        assertThat(text(chunks)).isEqualTo("a" + FACE + "b");
        assertThat(chunks.stream().map(chunk -> chunk.message().thinking()).filter(part -> part != null).collect(Collectors.joining()))
                .isEqualTo(FACE);
        assertWellFormed(chunks);
    }

    @ParameterizedTest
    @CsvSource({"a\\ud83d,a\ufffd", "\\ude00a,\ufffda", "\\ud83d\\ud83d\\ude00,\ufffd\ud83d\ude00", "\\ude00\\ud83d,\ufffd\ufffd"})
    void anyDialect_halfThatStaysAlone_isReplaced(String escaped, String expected) {
        List<ChatChunk> ofOpenAi = openAi(delta("'content':'" + escaped + "'"), bytes("[DONE]"));
        List<ChatChunk> ofOllama = ollama(
                json("{'message':{'content':'" + escaped + "'},'done':false}"), json("{'message':{'content':''},'done':true}"));

        assertThat(text(ofOpenAi)).isEqualTo(expected);
        assertThat(text(ofOllama)).isEqualTo(expected);
        assertWellFormed(ofOpenAi);
        assertWellFormed(ofOllama);
        assertThat(OLLAMA.chat().decode(json("{'message':{'content':'" + escaped + "'},'done':true}")).text()).isEqualTo(expected);
        assertThat(OPEN_AI.generate()
                        .decode(json("{'choices':[{'text':'" + escaped + "','finish_reason':'stop'}]}")).text())
                .isEqualTo(expected);
        assertThat(OLLAMA.catalog().show(new ModelName("m")).decoder()
                        .apply(json("{'system':'" + escaped + "','model_info':{'\\ud83d\\ude00':['" + escaped + "']}}"))
                        .information().toString())
                .isEqualTo("{" + FACE + "=[" + expected + "]}");
    }

    @Test
    void ollama_charactersSplitOverLines_areJoined() {
        List<ChatChunk> chunks = ollama(
                json("{'message':{'content':'a\\ud83d'},'done':false}"), json("{'message':{'thinking':'x'},'done':false}"),
                json("{'message':{'content':'\\ude00'},'done':true}"));

        assertThat(chunks).extracting(ChatChunk::text).containsExactly("a", "", FACE);
        assertWellFormed(chunks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00f0\u009f", "\u00ff", "\u00c3", "\u00e2\u0082", "\u0098\u0080!"})
    void anyDialect_bytesThatAreNotUtf8_areReplaced(String invalid) {
        String expected = new String(invalid.getBytes(ISO_8859_1), UTF_8);

        assertThat(expected).contains("\ufffd");
        byte[] line = ("{\"message\":{\"content\":\"a" + invalid + "\"},\"done\":true,\"model\":\"" + invalid + "\"}").getBytes(ISO_8859_1);
        assertThat(ollama(line)).extracting(ChatChunk::text).containsExactly("a" + expected);
        assertThat(OLLAMA.chat().decode(line).text()).isEqualTo("a" + expected);
        assertThat(OLLAMA.chat().decode(line).model()).isEqualTo(expected);
        assertThat(new CompletionTracker("the server").add(Frame.data(line))).isEqualTo(FrameKind.TERMINAL);
        byte[] event = ("{\"choices\":[{\"delta\":{\"content\":\"a" + invalid + "\"}}]}").getBytes(ISO_8859_1);
        assertThat(openAi(event).getFirst().text()).isEqualTo("a" + expected);
        byte[] vectors = ("{\"model\":\"" + invalid + "\",\"embeddings\":[[1,2]]}").getBytes(ISO_8859_1);
        assertThat(OLLAMA.embed().decode(vectors).model()).isEqualTo(expected);
        assertThat(OLLAMA.embed().decode(vectors).embeddings().getFirst().vector()).containsExactly(1, 2);
    }

    private static void assertWellFormed(List<ChatChunk> chunks) {
        for (ChatChunk chunk : chunks) {
            assertThat(UTF_8.newEncoder().canEncode(chunk.text())).as("whether each piece is Unicode by itself").isTrue();
            assertThat(PlainJson.toText(List.of(chunk.text()))).isNotEmpty();
        }
    }

    private static String text(List<ChatChunk> chunks) {
        return chunks.stream().map(ChatChunk::text).collect(Collectors.joining());
    }

    private static byte[] delta(String fields) {
        return json("{'choices':[{'index':0,'delta':{" + fields + "}}]}");
    }

    private static List<ChatChunk> openAi(byte[]... events) {
        ChunkDecoder<ChatChunk> decoder = OPEN_AI.chat().chunkDecoder();
        List<ChatChunk> chunks = new ArrayList<>();
        for (byte[] event : events) {
            byte[] frame = (("data: " + new String(event, ISO_8859_1))).getBytes(ISO_8859_1);
            ChatChunk chunk = decoder.decode(Frame.data(frame));
            if (chunk != null) {
                chunks.add(chunk);
            }
        }
        return chunks.isEmpty() ? List.of(new ChatChunk("", null, Message.assistant(""), List.of(), null)) : chunks;
    }

    private static List<ChatChunk> ollama(byte[]... lines) {
        ChunkDecoder<ChatChunk> decoder = OLLAMA.chat().chunkDecoder();
        return Arrays.stream(lines).map(line -> decoder.decode(Frame.data(line))).toList();
    }

    private static byte[] json(String text) {
        return bytes(text.replace('\'', '"'));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
