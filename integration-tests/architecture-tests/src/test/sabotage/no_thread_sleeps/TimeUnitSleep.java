package dev.paddock.adapters.http.pool;

import java.util.concurrent.TimeUnit;

final class TimeUnitSleep {
    void pause() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }
}
