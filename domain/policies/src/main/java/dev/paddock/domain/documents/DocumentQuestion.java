package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import java.util.List;

/**
 * A question that a model answers from documents. Immutable.
 *
 * @param query the question, and which passages are looked for
 * @param model the model that answers
 * @param earlier the conversation before it, the oldest turn first; empty when there is none
 */
public record DocumentQuestion(DocumentQuery query, ModelName model, List<ConversationTurn> earlier) {

    public DocumentQuestion {
        requireNonNull(query, "query");
        requireNonNull(model, "model");
        earlier = List.copyOf(earlier);
    }

    /** Returns a question without an earlier conversation. */
    public static DocumentQuestion of(DocumentQuery query, ModelName model) {
        return new DocumentQuestion(query, model, List.of());
    }

    /** Returns a question without an earlier conversation, answered from the passages that {@link DocumentQuery#of} finds. */
    public static DocumentQuestion of(String model, String text) {
        return of(DocumentQuery.of(text), new ModelName(model));
    }

    /** Returns this question after the given conversation. */
    public DocumentQuestion after(List<ConversationTurn> turns) {
        return new DocumentQuestion(query, model, turns);
    }

    /**
     * Returns the query for passages. After a conversation it begins with the question before: a later question often says only what differs.
     */
    public DocumentQuery search() {
        if (earlier.isEmpty()) {
            return query;
        }
        String text = earlier.getLast().question() + "\n" + query.text();
        boolean isTooLong = text.length() > DocumentQuery.LONGEST_TEXT;
        return isTooLong ? query : new DocumentQuery(text, query.method(), query.k(), query.fusion());
    }

    /**
     * A question and its answer. Immutable.
     *
     * @param question what was asked
     * @param answer what the model said
     */
    public record ConversationTurn(String question, String answer) {

        public ConversationTurn {
            requireNonNull(question, "question");
            requireNonNull(answer, "answer");
        }

        /** Returns the sizes; what people say is not shown. */
        @Override
        public String toString() {
            return "turn of " + question.length() + " and " + answer.length() + " characters";
        }
    }
}
