package dev.paddock.ports.pool;

final class LimitsOfTheMachine {
    String connections() {
        return System.getProperty("connections");
    }
}
