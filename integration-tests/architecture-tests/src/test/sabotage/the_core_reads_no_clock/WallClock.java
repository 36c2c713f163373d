package dev.paddock.domain.time;

final class WallClock {
    long nanos() {
        return System.nanoTime();
    }
}
