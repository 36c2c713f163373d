package dev.paddock.benchmarks.reuse;

import dev.paddock.wholesystem.ProcessUsage;
import java.io.IOException;

/** Something that answers chats, and what it has used so far. For one caller. */
interface CostSubject extends AutoCloseable {

    /**
     * Makes one call and checks that its answer is complete.
     *
     * @param question its number; the same number is an equal request
     * @param stream whether the answer has 200 pieces
     */
    void call(long question, boolean stream) throws IOException;

    /** Returns what its process has used so far. */
    ProcessUsage usage() throws IOException;

    @Override
    void close() throws IOException;
}
