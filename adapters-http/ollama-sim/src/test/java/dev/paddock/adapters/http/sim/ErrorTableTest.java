package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest extends SimulatorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /api/chat | | 400 | missing request body
        /api/chat | {'model' | 400 | unexpected EOF
        /api/chat | [] | 400 | json: cannot unmarshal array into Go value of type api.ChatRequest
        /api/chat | {'model':7} | 400 | json: cannot unmarshal number into Go struct field ChatRequest.model of type string
        /api/chat | {} | 400 | model is required
        /api/chat | {'model':'nope'} | 404 | model 'nope' not found
        /api/chat | {'MODEL':'nope'} trailing | 404 | model 'nope' not found
        /api/chat | {'model':'llama3.2','messages':[{'content':[]}]} | 400 | json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string
        /api/chat | {'model':'nomic-embed-text','messages':[{'content':'x'}]} | 400 | "nomic-embed-text" does not support chat
        /api/chat | {'model':'llava:7b','tools':[{}],'messages':[{'content':'x'}]} | 400 | registry.ollama.ai/library/llava:7b does not support tools
        /api/chat | {'model':'llama3.2','think':true} | 400 | "llama3.2" does not support thinking
        /api/chat | {'model':'llama3.2','think':'very'} | 400 | invalid think value: "very" (must be "high", "medium", "low", "max", true, or false)
        /api/chat | {'model':'llama3.2','top_logprobs':21} | 400 | top_logprobs must be between 0 and 20
        /api/chat | {'model':'llama3.2','keep_alive':'300'} | 400 | time: missing unit in duration "300"
        /api/chat | {'model':'llama3.2','keep_alive':'5x'} | 400 | time: unknown unit "x" in duration "5x"
        /api/chat | {'model':'llama3.2','keep_alive':'soon'} | 400 | time: invalid duration "soon"
        /api/chat | {'model':'llama3.2','keep_alive':true} | 400 | Unsupported type: 'bool'
        /api/chat | {'model':'llama3.2','options':{'temperature':'hot'}} | 500 | option "temperature" must be of type float32
        /api/chat | {'model':'llama3.2','options':{'num_ctx':'big'}} | 500 | option "num_ctx" must be of type integer
        /api/chat | {'model':'llama3.2','options':{'use_mmap':1}} | 500 | option "use_mmap" must be of type boolean
        /api/chat | {'model':'llama3.2','options':{'stop':'x'}} | 500 | option "stop" must be of type array
        /api/chat | {'model':'llama3.2','format':'yaml','messages':[{'content':'x'}]} | 500 | invalid format: "yaml"; expected "json" or a valid JSON Schema object
        /api/chat | {'model':'llava:7b','messages':[{'images':['data:image/png;base64,AAAA']}]} | 400 | illegal base64 data at input byte 4
        /api/chat | {'model':'llama3.2','messages':[{'tool_calls':[{'function':{'arguments':'{}'}}]}]} | 400 | json: cannot unmarshal string into Go struct field ChatRequest.messages.tool_calls.function.arguments of type api.ToolCallFunctionArguments
        /api/generate | {} | 404 | model '' not found
        /api/generate | {'model':'nope'} | 404 | model 'nope' not found
        /api/generate | {'model':'nomic-embed-text','prompt':'x'} | 400 | "nomic-embed-text" does not support generate
        /api/generate | {'model':'llama3.2','prompt':'x','suffix':'y'} | 400 | registry.ollama.ai/library/llama3.2:latest does not support insert
        /api/generate | {'model':'llama3.2','prompt':'x','raw':true,'system':'y'} | 400 | raw mode does not support template, system, or context
        /api/embed | {'input':'x'} | 404 | model '' not found
        /api/embed | {'model':'nope','input':'x'} | 404 | model "nope" not found, try pulling it first
        /api/embed | {'model':'nomic-embed-text','input':{}} | 400 | invalid input type
        /api/embed | {'model':'nomic-embed-text','input':['a',1]} | 400 | invalid input type
        /api/embed | {'model':'nomic-embed-text','input':'a b c d e f','truncate':false,'options':{'num_ctx':4}} | 400 | the input length exceeds the context length
        /api/embeddings | {'prompt':'x'} | 400 | model is required
        /api/embeddings | {'model':'nope','prompt':'x'} | 404 | model "nope" not found, try pulling it first
        /api/show | {} | 400 | model is required
        /api/show | {'name':'nope'} | 404 | model 'nope:latest' not found
        /api/copy | {'source':'nope','destination':'x'} | 404 | model "nope" not found
        /api/copy | {'source':'','destination':'x'} | 400 | source "" is invalid
        /api/pull | {} | 400 | invalid model name
        /api/create | {'model':'x'} | 400 | neither 'from' or 'files' was specified
        /api/pull | {'model':'missing','stream':false} | 500 | pull model manifest: file does not exist
        """, quoteCharacter = '~')
    void native_refused_hasTheStatusAndText(String path, String body, int status, String text) throws Exception {
        RawClient.Response response = client().exchange(path, body == null ? "" : body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(json(response.body()).properties()).hasSize(1);
        assertThat(json(response.body()).path("error").asText()).isEqualTo(text);
        assertThat(response.head().header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(response.body()).doesNotEndWith("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v1/chat/completions | {'model':'llama3.2'} | 400 | invalid_request_error | [] is too short - 'messages'
        /v1/chat/completions | {'model':'nope','messages':[{'role':'user','content':'x'}]} | 404 | not_found_error | model 'nope' not found
        /v1/chat/completions | {'model':'llava:7b','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'http://x/y.png'}}]}]} | 400 | invalid_request_error | image URLs are not currently supported, please use base64 encoded data instead
        /v1/chat/completions | {'model':'llama3.2','messages':[{'role':'assistant','tool_calls':[{'function':{'arguments':'no'}}]}]} | 400 | invalid_request_error | invalid tool call arguments
        /v1/chat/completions | {'model':'llama3.2','temperature':'hot','messages':[{'role':'user','content':'x'}]} | 500 | api_error | option "temperature" must be of type float32
        /v1/embeddings | {'model':'nomic-embed-text'} | 400 | invalid_request_error | invalid input
        /v1/embeddings | {'model':'nomic-embed-text','input':'x','encoding_format':'hex'} | 400 | invalid_request_error | invalid value for 'encoding_format': hex (must be "float" or "base64")
        """, quoteCharacter = '~')
    void openAi_refused_hasItsShape(
            String path, String body, int status, String type, String text) throws Exception {
        RawClient.Response response = client().exchange(path, body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(json(response.body())).isEqualTo(json(
            "{\"error\":{\"message\":" + Json.MAPPER.writeValueAsString(text) + ",\"type\":\"" + type
                + "\",\"param\":null,\"code\":null}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'model':'llama3.2','messages':[{'role':'user','content':'x'}]} | 400 | invalid_request_error | max_tokens is required and must be positive
        {'model':'llama3.2','max_tokens':1} | 400 | invalid_request_error | messages is required
        {'model':'nope','max_tokens':1,'messages':[{'role':'user','content':'x'}]} | 404 | not_found_error | model 'nope' not found
        """, quoteCharacter = '~')
    void anthropic_refused_hasItsShape(String body, int status, String type, String text) throws Exception {
        RawClient.Response response = client().exchange("/v1/messages", body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(json(response.body()).path("type").asText()).isEqualTo("error");
        assertThat(json(response.body()).path("error").path("type").asText()).isEqualTo(type);
        assertThat(json(response.body()).path("error").path("message").asText()).isEqualTo(text);
        assertThat(json(response.body()).path("request_id").asText()).matches("req_[0-9a-f]{24}");
    }
}
