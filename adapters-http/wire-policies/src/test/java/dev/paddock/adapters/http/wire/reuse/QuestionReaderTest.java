package dev.paddock.adapters.http.wire.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.semantic.Question;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "/api/chat; {'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q'}]}",
        "/api/generate; {'prompt':'Q','system':'s'}",
        "/v1/chat/completions; {'messages':[{'role':'user','content':'Q'}]}",
        "/v1/chat/completions; {'messages':[{'role':'user','content':[{'type':'text','text':'Q'}]}]}",
        "/v1/completions; {'prompt':'Q'}",
        "/v1/responses; {'input':'Q'}",
        "/v1/responses; {'input':[{'role':'user','content':[{'type':'input_text','text':'Q'}]}]}",
        "/v1/messages; {'messages':[{'role':'user','content':'Q'}],'system':'s'}",
        "/v1/messages?beta=true; {'messages':[{'role':'assistant','content':'a'},{'role':'user','content':[{'type':'text','text':'Q'}]}]}",
    })
    void of_lastTurnOfTheUser_isTakenOut(String path, String body) {
        Question one = read(path, body.replace("'Q'", "'How are you?'"));
        Question other = read(path, body.replace("'Q'", "'Where are you?'"));

        assertThat(one.text()).isEqualTo("How are you?");
        assertThat(other.text()).isEqualTo("Where are you?");
        assertThat(one.rest()).isEqualTo(other.rest());
        assertThat(one.toString()).doesNotContain("How");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "/api/chat; {'messages':[{'role':'user','content':'Q','images':['AA==']}]}",
        "/api/chat; {'messages':[{'role':'user','content':'Q'},{'role':'tool','content':'r'}]}",
        "/api/chat; {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'So'}]}",
        "/api/chat; {'messages':'Q','x':[]}x",
        "/api/chat; {'messages':['Q']}",
        "/api/chat; {'messages':[]}",
        "/api/generate; {'prompt':'Q','images':['AA==']}",
        "/api/generate; {'prompt':'Q','suffix':'}'}",
        "/v1/chat/completions; {'messages':[{'role':'user','content':[{'type':'text','text':'Q'},{'type':'text','text':'R'}]}]}",
        "/v1/chat/completions; {'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:x'}}]}]}",
        "/v1/completions; {'prompt':['Q','R']}",
        "/v1/responses; {'input':[{'type':'function_call_output','output':'Q'}]}",
        "/v1/embeddings; {'input':'Q'}",
        "/api/embed; {'input':'Q'}",
        "/api/unknown; {'prompt':'Q'}",
        "/api/generate; {'prompt':'Q','prompt':'R'}",
    })
    void of_otherRequest_hasNoQuestion(String path, String body) {
        assertThat(QuestionReader.of(request(path, body), CallContext.create())).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{'messages':[{'role':'system','content':'other'},{'role':'user','content':'Q'}],'options':{'temperature':0}}",
        "{'messages':[{'role':'user','content':'Q'}],'options':{'temperature':0}}",
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'x'},{'role':'user','content':'Q'}],'options':{'temperature':0}}",
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q'}],'options':{'temperature':0,'seed':1}}",
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q'}],'options':{'temperature':0},'tools':[{'type':'function'}]}",
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q'}],'options':{'temperature':0},'format':'json'}",
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q','name':'n'}],'options':{'temperature':0}}",
        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q'}],'options':{'temperature':0},'unknown':1}",
    })
    void of_otherRest_hasAnotherHash(String body) {
        Question usual = read(
                "/api/chat", "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Q'}],'options':{'temperature':0}}");

        assertThat(read("/api/chat", body).rest()).isNotEqualTo(usual.rest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "null", value = {
        "/api/chat; {'message':{'content':'A'},'done':true}; A",
        "/api/chat; {'message':{'content':'A','tool_calls':[{}]},'done':true}; null",
        "/api/generate; {'response':'A','done':true}; A",
        "/api/generate; {'response':'','done':true}; null",
        "/v1/chat/completions; {'choices':[{'message':{'content':'A'}}]}; A",
        "/v1/chat/completions; {'choices':[{'message':{'content':'A'}},{'message':{'content':'B'}}]}; null",
        "/v1/chat/completions; {'choices':[{'message':{'content':'A','tool_calls':[{}]}}]}; null",
        "/v1/completions; {'choices':[{'text':'A'}]}; A",
        "/v1/messages; {'content':[{'type':'thinking','thinking':'T'},{'type':'text','text':'A'}]}; A",
        "/v1/messages; {'content':[{'type':'text','text':'A'},{'type':'tool_use'}]}; null",
        "/v1/responses; {'output':[{'type':'reasoning'},{'type':'message','content':[{'type':'output_text','text':'A'}]}]}; A",
        "/v1/responses; {'output':[{'type':'function_call'}]}; null",
        "/api/embed; {'embeddings':[[1]]}; null",
    })
    void onlyText_wholeAnswer_isItsTextOrNull(String path, String answer, String text) {
        RecordedAnswer recorded =
                new RecordedAnswer(Headers.EMPTY, Framing.DOCUMENT, List.of(Frame.data(answer.replace('\'', '"').getBytes(UTF_8))));

        assertThat(AnswerForms.onlyText(path, recorded)).isEqualTo(text);
    }

    @Test
    void onlyText_notJson_isNull() {
        RecordedAnswer recorded = new RecordedAnswer(Headers.EMPTY, Framing.DOCUMENT, List.of(Frame.data("so".getBytes(UTF_8))));

        assertThat(AnswerForms.onlyText("/api/chat", recorded)).isNull();
    }

    private static Question read(String path, String body) {
        Question question = QuestionReader.of(request(path, body), CallContext.create());
        assertThat(question).isNotNull();
        return question;
    }

    private static ExchangeRequest request(String path, String body) {
        return ExchangeRequest.post(Operation.CHAT, path, body.replace('\'', '"').getBytes(UTF_8));
    }
}
