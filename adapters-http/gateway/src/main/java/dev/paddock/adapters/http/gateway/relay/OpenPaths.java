package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which requests that are no {@linkplain ApiEndpoints known endpoint} any client may send. A POST is open if its path generates, embeds,
 * counts, reranks, tokenizes or transcribes. A read is open unless its path makes the server do something. Everything else is
 * administrative.
 */
final class OpenPaths {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int ESCAPE_LENGTH = 3;

    /** A path without escapes, segment parameters and backslashes, which servers read differently. */
    private static final Pattern PLAIN = Pattern.compile("/[/A-Za-z0-9_~!$&'()*+,=:@.-]*");

    /** OpenAI's API and its extensions by vLLM, SGLang and llama.cpp; Anthropic's API. */
    private static final List<String> COMPATIBLE = List.of(
            "chat/completions", "completions", "responses", "messages", "messages/count_tokens", "responses/input_tokens",
            "responses/compact", "chat/completions/input_tokens", "embeddings", "moderations", "rerank", "reranking", "score",
            "classify", "pooling", "tokenize",
            "detokenize", "chat/completions/render", "completions/render", "audio/transcriptions", "audio/translations",
            "audio/speech", "images/generations", "images/edits", "images/variations");

    /** The own APIs of llama.cpp, vLLM, SGLang and LM Studio, and of the servers for embeddings and generation of Hugging Face. */
    private static final List<String> OWN = List.of(
            "/completion", "/completions", "/chat/completions", "/responses", "/infill", "/embedding", "/embeddings", "/rerank",
            "/reranking", "/tokenize", "/detokenize", "/apply-template", "/audio/transcriptions", "/v2/rerank", "/v2/embed",
            "/score", "/classify", "/pooling", "/invocations", "/inference/v1/generate", "/generate", "/generate_stream", "/encode",
            "/embed", "/embed_all", "/embed_sparse", "/predict", "/similarity", "/decode", "/chat_tokenize",
            "/api/v0/chat/completions", "/api/v0/completions", "/api/v0/embeddings", "/api/v1/chat");

    private static final Set<String> POSTS =
            Stream.concat(COMPATIBLE.stream().map(path -> "/v1/" + path), OWN.stream()).collect(Collectors.toUnmodifiableSet());

    /** Paths whose GET does something: it fetches another URL, or changes the server. They are those of llama.cpp, llama-swap, SGLang. */
    private static final List<String> ACTING_READS = List.of(
            "/cors-proxy", "/unload", "/upstream", "/flush_cache", "/clear_hicache_storage_backend", "/start_profile",
            "/stop_profile", "/start_expert_distribution_record", "/stop_expert_distribution_record", "/dump_expert_distribution_record",
            "/release_memory_occupation", "/resume_memory_occupation", "/update_weights_from_disk",
            "/get_weights_by_name", "/slow_down", "/open_session", "/close_session", "/abort_request", "/configure_logging",
            "/set_internal_state", "/freeze_gc", "/pause", "/resume", "/pause_generation", "/continue_generation", "/sleep", "/wake_up",
            "/backend/shutdown");

    private OpenPaths() {}

    /** Returns whether any client may send a request with the given method and path, both as received. */
    static boolean contain(String method, String path) {
        if (!READS.contains(method)) {
            return method.equals("POST") && POSTS.contains(path);
        }
        String name = decoded(path).toLowerCase(Locale.ROOT);
        return ACTING_READS.stream().noneMatch(acting -> isAtOrBelow(acting, name));
    }

    /** Returns every path that the documentation has to list. */
    static List<String> documented() {
        return Stream.concat(POSTS.stream(), ACTING_READS.stream()).toList();
    }

    private static boolean isAtOrBelow(String parent, String path) {
        return path.startsWith(parent) && (path.length() == parent.length() || path.charAt(parent.length()) == '/');
    }

    /**
     * Returns a path as a server may read it: without escapes and without the parameters of its segments. Empty segments and dot segments
     * have been refused before.
     */
    private static String decoded(String path) {
        if (PLAIN.matcher(path).matches()) {
            return path;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int at = 0; at < path.length(); at++) {
            boolean escape = path.charAt(at) == '%' && at + ESCAPE_LENGTH <= path.length()
                    && HexFormat.isHexDigit(path.charAt(at + 1)) && HexFormat.isHexDigit(path.charAt(at + 2));
            bytes.write(escape ? HexFormat.fromHexDigits(path, at + 1, at + ESCAPE_LENGTH) : path.charAt(at));
            at += escape ? ESCAPE_LENGTH - 1 : 0;
        }
        return bytes.toString(UTF_8).replaceAll(";[^/]*", "");
    }
}
