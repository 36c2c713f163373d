package dev.paddock.bootstrap;

final class WiringThatComplains {
    void complain(Exception failure) {
        failure.printStackTrace();
    }
}
