package dev.paddock.adapters.http.sim;

/** An answer to be given: what was asked, what will be said, how it looks, and where it goes. */
record GenerationJob(GenerationRequest ask, AnswerPlan plan, ChunkBuilder shape, AnswerSink sink) { }
