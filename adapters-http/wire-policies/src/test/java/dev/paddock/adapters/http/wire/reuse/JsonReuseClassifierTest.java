package dev.paddock.adapters.http.wire.reuse;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.RequestReuse.NotReusable;
import dev.paddock.domain.reuse.RequestReuse.Reusable;
import dev.paddock.domain.reuse.ReuseKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests may share an answer. */
class JsonReuseClassifierTest {

    private static final String CHAT = "/api/chat";
    private static final String COLD =
            "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0}}";

    private final JsonReuseClassifier classifier = new JsonReuseClassifier(false);

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "/api/embed; {'model':'m','input':'a'}; EMBEDDING",
        "/api/embeddings; {'model':'m','prompt':'a'}; EMBEDDING",
        "/v1/embeddings; {'model':'m','input':['a','b']}; EMBEDDING",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':0}}; DETERMINISTIC",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':0e0}}; DETERMINISTIC",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':-0.0}}; DETERMINISTIC",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':0.7,'seed':42}}; DETERMINISTIC",
        "/api/generate; {'model':'m','prompt':'a','options':{'seed':0}}; DETERMINISTIC",
        "/v1/chat/completions; {'model':'m','messages':[{}],'temperature':0}; DETERMINISTIC",
        "/v1/completions; {'model':'m','prompt':'a','seed':1}; DETERMINISTIC",
        "/v1/responses; {'model':'m','input':'a','temperature':0.0}; DETERMINISTIC",
        "/v1/messages; {'model':'m','messages':[{}],'temperature':0}; DETERMINISTIC",
        "/v1/messages?beta=true; {'model':'m','messages':[{}],'temperature':0}; DETERMINISTIC",
        "/api/generate; {'model':'m'}; LOAD",
        "/api/generate; {'model':'m','prompt':'','keep_alive':-1}; LOAD",
        "/api/chat; {'model':'m','messages':[]}; LOAD",
        "/api/embed; {'model':'m','input':[]}; LOAD",
    })
    void classify_reusableRequest_namesItsKind(String path, String body, ReuseKind kind) {
        assertThat(reusable(path, body).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "/api/chat; {'model':'m','messages':[{}]}; SAMPLED",
        "/api/chat; {'model':'m','messages':[{}],'temperature':0}; SAMPLED",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':null}}; SAMPLED",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':'0'}}; SAMPLED",
        "/api/chat; {'model':'m','messages':[{}],'options':{'temperature':1e-9}}; SAMPLED",
        "/api/chat; {'model':'m','messages':[{}],'options':{'seed':-1}}; SAMPLED",
        "/v1/chat/completions; {'model':'m','messages':[{}],'options':{'temperature':0}}; SAMPLED",
        "/api/chat; {'model':'m','messages':[{}],'keep_alive':0,'options':{'temperature':0}}; UNLOAD",
        "/api/chat; {'model':'m','messages':[{}],'keep_alive':'0s','options':{'temperature':0}}; UNLOAD",
        "/api/chat; {'model':'m','messages':[{}],'keep_alive':'-0h0m','options':{'temperature':0}}; UNLOAD",
        "/api/generate; {'model':'m','keep_alive':0}; UNLOAD",
        "/v1/chat/completions; {'model':'m','messages':[]}; LOAD",
        "/api/generate; {'model':'m','prompt':'a','options':{'seed':1},'_debug_render_only':true}; SERVER_STATE",
        "/v1/responses; {'model':'m','input':'a','temperature':0,'previous_response_id':'r'}; SERVER_STATE",
        "/v1/responses; {'model':'m','input':'a','temperature':0,'store':true}; SERVER_STATE",
        "/v1/responses; {'model':'m','input':'a','temperature':0,'tools':[{'type':'web_search'}]}; SERVER_STATE",
        "/v1/responses; {'model':'m','input':[{'type':'item_reference','id':'x'}],'temperature':0}; SERVER_STATE",
        "/v1/messages; {'model':'m','messages':[{}],'temperature':0,'tools':[{'type':'web_search_20250305'}]}; SERVER_STATE",
        "/v1/chat/completions; {'model':'m','temperature':0,'messages':[{'content':[{'image_url':{'url':'http://a/b'}}]}]}; SERVER_STATE",
        "/v1/chat/completions; {'model':'m','temperature':0,'messages':[{'content':[{'file':{'file_id':'f'}}]}]}; SERVER_STATE",
        "/v1/chat/completions; {'model':'m','temperature':0,'messages':[{}],'plugins':[{'id':'web'}]}; SERVER_STATE",
        "/v1/chat/completions; {'model':'m','temperature':0,'messages':[{}],'search_parameters':{'mode':'on'}}; SERVER_STATE",
        "/api/show; {'model':'m'}; OPERATION",
        "/api/chat/; {'model':'m','messages':[{}],'options':{'temperature':0}}; OPERATION",
        "/API/chat; {'model':'m','messages':[{}],'options':{'temperature':0}}; OPERATION",
    })
    void classify_otherRequest_isBypassed(String path, String body, BypassReason reason) {
        assertThat(classify(path, body)).isEqualTo(new NotReusable(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[]", "null", "{'model':'m'} x", "{'model':'m'}{}",
        "{'model':'m','messages':[{}],'options':{'temperature':0,'temperature':1}}",
        "{'model':'m','messages':[{}],'messages':[{}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{'role':'a','role':'b'}],'options':{'temperature':0}}",
        "{'model':'m','Messages':[],'messages':[{}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{}],'Keep_Alive':0,'options':{'temperature':0}}",
        "{'model':'m','messages':[{}],'\u017ftream':true,'options':{'temperature':0}}",
        "{'model':'m','messages':[{'content':'\\ud800'}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{}],'options':{'temperature':0,'x':1e99999999999}}",
        "{'model':'m','messages':[{}],'options':{'temperature':0,'x':NaN}}",
        "{'model':'m','messages':[{}],'options':{'temperature':0,'x':100e2147483647}}",
        "{'model':'m','messages':[{}],'options':{'temperature':0,'x':1e-100001}}",
        "{'model':'m','messages':[{}],'options':{'temperature':0},'stream':'true'}",
        "{'model':'m','messages':[{}],'options':{'temperature':0},'stream':1}",
        "{'model':'m','messages':[{}],'options':{'temperature':0},'stream_options':{'include_usage':'yes'}}",
    })
    void classify_ambiguousBody_isBypassed(String body) {
        assertThat(classify(CHAT, body)).isEqualTo(new NotReusable(BypassReason.MALFORMED));
    }

    @Test
    void classify_otherEncoding_isBypassed() {
        byte[] latin = json("{'model':'m','messages':[{'content':'\u00e9'}],'options':{'temperature':0}}").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(classify(CHAT, latin)).isEqualTo(new NotReusable(BypassReason.MALFORMED));
        assertThat(classify(CHAT, json(COLD).getBytes(UTF_16LE))).isEqualTo(new NotReusable(BypassReason.MALFORMED));
    }

    @Test
    void classify_longSampledBody_isBypassedUnlessWanted() {
        String body = "{'model':'m','messages':[{'content':'" + "x".repeat(2000) + "'}]}";

        assertThat(classify(CHAT, body)).isEqualTo(new NotReusable(BypassReason.SAMPLED));
        assertThat(new JsonReuseClassifier(true).classify(request(CHAT, json(body).getBytes(UTF_8)), CallContext.create()))
                .isInstanceOfSatisfying(Reusable.class, reuse -> assertThat(reuse.kind()).isEqualTo(ReuseKind.SAMPLED));
    }

    @Test
    void classify_longDeterministicBody_isFound() {
        String body = "{'model':'m','messages':[{'content':'" + "x".repeat(2000) + "'}],'options':{'seed' : 3}}";

        assertThat(reusable(CHAT, body).kind()).isEqualTo(ReuseKind.DETERMINISTIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{ 'options' : {'temperature':0.0}, 'messages':[{'content':'hi','role':'user'}] ,'model':'m'}",
        "{'model':'\\u006d','messages':[{'role':'user','content':'h\\u0069'}],'options':{'temperature':0e5}}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0,'seed':null},'format':null}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0},'stream':false,'user':'u','metadata':{'a':1},"
                + "'keep_alive':'5m','stream_options':{}}",
    })
    void classify_sameMeaning_hasTheSameFingerprint(String body) {
        assertThat(reusable(CHAT, body).fingerprint()).isEqualTo(reusable(CHAT, COLD).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'model':'n','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{'role':'user','content':'hi','x':null}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{'role':'user','content':'hi'},{}],'options':{'temperature':0}}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0,'num_ctx':8192}}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0},'unknown':1}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0},'tools':[]}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':0,'stream':true}}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}],'options':{'temperature':false,'seed':0}}",
    })
    void classify_anotherMeaning_hasAnotherFingerprint(String body) {
        assertThat(reusable(CHAT, body).fingerprint()).isNotEqualTo(reusable(CHAT, COLD).fingerprint());
    }

    @Test
    void classify_pathAndQuery_areCovered() {
        String body = "{'model':'m','input':'a','prompt':'a'}";

        assertThat(reusable("/api/embed", body).fingerprint())
                .isNotEqualTo(reusable("/api/embeddings", body).fingerprint())
                .isNotEqualTo(reusable("/api/embed?x", body).fingerprint());
    }

    @Test
    void classify_headersOfTheApi_areCovered() {
        ExchangeRequest plain = request(CHAT, json(COLD).getBytes(UTF_8));
        ExchangeRequest beta = plain.withHeaders(Headers.of("Anthropic-Beta", "x"));
        ExchangeRequest other = plain.withHeaders(Headers.of("User-Agent", "x"));
        CallContext extra = CallContext.create().with(CallAttributes.EXTRA_HEADERS, Headers.of("X-Variant", "b"));

        assertThat(classifier.classify(other, CallContext.create())).isEqualTo(classifier.classify(plain, CallContext.create()));
        assertThat(classifier.classify(beta, CallContext.create())).isNotEqualTo(classifier.classify(plain, CallContext.create()));
        assertThat(classifier.classify(plain, extra)).isNotEqualTo(classifier.classify(plain, CallContext.create()));
    }

    @Test
    void classify_load_coversTheTimeToKeepTheModel() {
        assertThat(reusable("/api/generate", "{'model':'m','keep_alive':1}").fingerprint())
                .isNotEqualTo(reusable("/api/generate", "{'model':'m','keep_alive':2}").fingerprint());
    }

    @Test
    void classify_stream_namesTheShape() {
        ExchangeRequest plain = request("/v1/chat/completions", json("{'model':'m','messages':[{}],'seed':1}").getBytes(UTF_8));
        ExchangeRequest usage = request(
                "/v1/chat/completions",
                json("{'model':'m','messages':[{}],'seed':1,'stream':true,'stream_options':{'include_usage':true}}").getBytes(UTF_8));

        assertThat(shape(plain)).isEqualTo(AnswerShape.WHOLE);
        assertThat(shape(plain.asStream())).isEqualTo(AnswerShape.STREAM);
        assertThat(shape(usage.asStream())).isEqualTo(AnswerShape.STREAM_WITH_USAGE);
    }

    @Test
    void classify_sameBytesAgain_areExaminedOnceMoreOnly() {
        Reusable first = reusable(CHAT, COLD);
        Reusable second = reusable(CHAT, COLD);

        assertThat(second).isEqualTo(first);
        assertThat(reusable(CHAT, COLD)).isSameAs(second);
    }

    @Test
    void classify_sameBytesOfAnotherRequest_areExamined() {
        ExchangeRequest known = request(CHAT, json(COLD).getBytes(UTF_8));
        CallContext context = CallContext.create();
        CallContext extra = context.with(CallAttributes.EXTRA_HEADERS, Headers.of("X-Variant", "b"));
        for (int time = 0; time < 3; time++) {
            assertThat(classifier.classify(known, context)).isEqualTo(examine(known, context));
        }
        for (ExchangeRequest other : List.of(
                known.asStream(),
                known.withHeaders(Headers.of("OpenAI-Beta", "x")),
                request("/api/chat?x", known.body().bytes()),
                request("/v1/chat/completions", known.body().bytes()),
                ExchangeRequest.create(Operation.CHAT, "PUT", CHAT, known.body().bytes()),
                ExchangeRequest.post(Operation.SHOW_MODEL, CHAT, known.body().bytes()))) {
            classifier.classify(known, context);
            classifier.classify(known, context);
            assertThat(classifier.classify(other, context)).isEqualTo(examine(other, context));
            assertThat(classifier.classify(other, context)).isEqualTo(examine(other, context));
        }
        assertThat(classifier.classify(known, extra)).isEqualTo(examine(known, extra));
    }

    private static RequestReuse examine(ExchangeRequest request, CallContext context) {
        return new JsonReuseClassifier(false).classify(request, context);
    }

    private AnswerShape shape(ExchangeRequest request) {
        return ((Reusable) classifier.classify(request, CallContext.create())).shape();
    }

    private Reusable reusable(String path, String body) {
        RequestReuse reuse = classify(path, body);
        assertThat(reuse).isInstanceOf(Reusable.class);
        return (Reusable) reuse;
    }

    private RequestReuse classify(String path, String body) {
        return classify(path, json(body).getBytes(UTF_8));
    }

    private RequestReuse classify(String path, byte[] body) {
        return classifier.classify(request(path, body), CallContext.create());
    }

    private static ExchangeRequest request(String path, byte[] body) {
        Operation operation = path.contains("embed") ? Operation.EMBED : path.contains("show") ? Operation.SHOW_MODEL : Operation.CHAT;
        return ExchangeRequest.post(operation, path, body).withModel("m");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
