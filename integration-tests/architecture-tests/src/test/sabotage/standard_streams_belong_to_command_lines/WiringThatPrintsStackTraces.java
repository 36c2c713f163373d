package dev.paddock.bootstrap;

final class WiringThatPrintsStackTraces {
    void complain(Exception failure) {
        failure.printStackTrace();
    }
}
