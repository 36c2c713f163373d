package dev.paddock.adapters.http.sim;

/** The use of a model in memory by one request; closing it ends the use. */
record RunnerLease(RunnerPool pool, Runner runner) implements AutoCloseable {
    @Override
    public void close() {
        pool.release(runner);
    }
}
