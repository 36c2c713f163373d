package dev.paddock.adapters.http.gateway.query;

import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * A question as a client sends it.
 *
 * @param query the question, and which passages are looked for
 * @param model the model that answers
 * @param chat the conversation that it belongs to, or null for none
 * @param savesChat whether the conversation remembers it
 */
record QueryRequest(DocumentQuery query, ModelName model, @Nullable String chat, boolean savesChat) {}
