package dev.paddock.adapters.http.pool;

import java.util.concurrent.TimeUnit;

final class SleeperByUnit {
    void pause() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }
}
