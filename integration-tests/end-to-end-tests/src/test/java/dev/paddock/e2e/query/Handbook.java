package dev.paddock.e2e.query;

import dev.paddock.domain.documents.DocumentAnswer;
import dev.paddock.domain.documents.DocumentQuestion;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.documents.answers.DocumentAnswers;
import dev.paddock.ports.llm.LlmPort;

/** The example in docs/query.md. */
final class Handbook {

    private final DocumentAnswers answers;

    Handbook(DocumentSearchPort documents, LlmPort llm) {
        this.answers = new DocumentAnswers(documents, llm);
    }

    String ask(String question) {
        DocumentAnswer answer = answers.answer(DocumentQuestion.of("llama3.2", question), CallContext.create());
        return answer.text() + answer.passages().stream().map(Passage::document).distinct().toList();
    }
}
