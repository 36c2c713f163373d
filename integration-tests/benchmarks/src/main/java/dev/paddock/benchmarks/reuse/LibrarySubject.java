package dev.paddock.benchmarks.reuse;

import dev.paddock.benchmarks.upstream.UpstreamTexts;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.wholesystem.ProcessUsage;

/** The typed client, in this process. */
final class LibrarySubject implements CostSubject {

    private final Paddock paddock;

    LibrarySubject(int upstreamPort, boolean cache) {
        paddock = ReuseClients.start(upstreamPort, "paddock.cache.enabled=" + cache);
    }

    @Override
    public void call(long question, boolean stream) {
        ChatRequest request = ReuseClients.chat(question);
        boolean isComplete = stream
                ? pieces(request) == UpstreamTexts.CHUNKS
                : paddock.llm().chat(request).text().equals(UpstreamTexts.ANSWER);
        if (!isComplete) {
            throw new IllegalStateException("an answer is not complete");
        }
    }

    @Override
    public ProcessUsage usage() {
        return ProcessUsage.ofThisProcess();
    }

    @Override
    public void close() {
        paddock.close();
    }

    private int pieces(ChatRequest request) {
        int count = 0;
        try (ResponseStream<ChatChunk> chunks = paddock.llm().chatStream(request)) {
            while (chunks.hasNext()) {
                count += chunks.next().text().length() < UpstreamTexts.ANSWER.length() ? 1 : 0;
            }
        }
        return count;
    }
}
