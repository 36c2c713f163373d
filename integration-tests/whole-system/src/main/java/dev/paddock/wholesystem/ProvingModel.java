package dev.paddock.wholesystem;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.script.AnswerScript;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Generation;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The model of simulated servers: each answer proves which question it answers, and each vector depends on its text only. Questions of one
 * meaning have equal answers, those of different ones have different words. Thread-safe as far as its functions are.
 *
 * @param meanings the meaning of a question
 * @param vectors the vector of a text
 * @param words the words of an answer; each is a token
 */
public record ProvingModel(Function<String, String> meanings, Function<String, float[]> vectors, int words) implements AnswerScript {

    private static final Pattern PROOF = Pattern.compile("^\\[([^\\]]*)\\]");
    private static final int VOCABULARY = 5000;

    public ProvingModel {
        requireNonNull(meanings, "meanings");
        requireNonNull(vectors, "vectors");
    }

    @Override
    public @Nullable ScriptedAnswer answerTo(ReceivedCall call) {
        return call.kind() == Kind.EMBEDDING
                ? new ScriptedAnswer(new Vectors(call.texts().stream().map(vectors).toList()), List.of())
                : new ScriptedAnswer(new Generation(List.of(), pieces(call.lastText()), List.of(), "stop"), List.of());
    }

    /** Returns the whole answer to a question. */
    public String answer(String question) {
        return String.join("", pieces(question));
    }

    /** Returns the meaning of the question that an answer belongs to, or null when the answer proves nothing. */
    public static @Nullable String meaningOf(String answer) {
        Matcher proof = PROOF.matcher(answer);
        return proof.find() ? proof.group(1) : null;
    }

    private List<String> pieces(String question) {
        String meaning = meanings.apply(question);
        SplittableRandom random = new SplittableRandom(meaning.hashCode());
        List<String> pieces = new ArrayList<>();
        pieces.add("[" + meaning + "]");
        for (int word = 1; word < words; word++) {
            pieces.add(" word" + random.nextInt(VOCABULARY));
        }
        return pieces;
    }
}
