package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.model.generation.TokenLogprob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the log probabilities of tokens, which look the same in all dialects. Not thread-safe. */
public final class LogprobList implements JsonReader.Elements {

    private @Nullable List<TokenLogprob> tokens; // made with the first token, because most answers have none

    /** Creates a collector without tokens. */
    public LogprobList() {}

    @Override
    public void accept(JsonReader value) throws IOException {
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
        private double logprob;
        private final List<Integer> bytes = new ArrayList<>();
        private final LogprobList alternatives = new LogprobList();

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "token" -> text = value.text();
                case "logprob" -> logprob = value.doubleValue();
                case "bytes" -> value.array(element -> bytes.add(element.intValue()));
                case "top_logprobs" -> value.array(alternatives);
                default -> value.skip();
            }
        }

        private TokenLogprob build() {
            return new TokenLogprob(text, logprob, bytes, alternatives.tokens());
        }
    }
}
