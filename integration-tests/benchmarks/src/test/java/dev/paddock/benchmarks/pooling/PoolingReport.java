package dev.paddock.benchmarks.pooling;

import org.junit.jupiter.api.Test;

/** What the script starts; no test, and so not named like one. */
class PoolingReport {

    @Test
    void print() {
        String transport = System.getProperty("pooling.transport", "apache5");
        Pooling.run(Integer.getInteger("pooling.calls", 20), transport, System.out);
    }
}
