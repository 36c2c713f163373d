package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.model.generation.TokenLogprob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the log probabilities of tokens, which look the same in all dialects. They are optional values. Not thread-safe. */
public final class LogprobList implements JsonReader.Elements {

    private @Nullable List<TokenLogprob> tokens; // made with the first token, because most answers have none

    /** Creates a collector without tokens. */
    public LogprobList() {}

    /** Reads an array of tokens. Nothing else has tokens. */
    public void read(JsonReader value) throws IOException {
        value.optional().array(this);
    }

    @Override
    public void accept(JsonReader value) throws IOException {
        if (!value.isObject()) {
            value.skip();
            return;
        }
        Token token = new Token();
        value.object(token);
        if (tokens == null) {
            tokens = new ArrayList<>();
        }
        tokens.add(token.build());
    }

    /** Returns the tokens in the order of the answer. */
    public List<TokenLogprob> tokens() {
        return tokens == null ? List.of() : tokens;
    }

    private static final class Token implements JsonReader.Fields {

        private String text = "";
        private @Nullable Double logprob;
        private List<Integer> bytes = List.of();
        private final LogprobList alternatives = new LogprobList();

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "token" -> text = value.optional().text();
                case "logprob" -> logprob = value.optional().doubleOrNull();
                case "bytes" -> bytes = bytes(value.optional().intsOrNull());
                case "top_logprobs" -> alternatives.read(value);
                default -> value.skip();
            }
        }

        private static List<Integer> bytes(int @Nullable [] bytes) {
            return bytes == null ? List.of() : Arrays.stream(bytes).boxed().toList();
        }

        private TokenLogprob build() {
            return new TokenLogprob(text, logprob, bytes, alternatives.tokens());
        }
    }
}
