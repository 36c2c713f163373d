package dev.paddock.domain.model;

import org.junit.jupiter.api.Test;

class SleepyTest {
    @Test
    void waits_forAWhile() throws InterruptedException {
        Thread.sleep(1000);
    }
}
