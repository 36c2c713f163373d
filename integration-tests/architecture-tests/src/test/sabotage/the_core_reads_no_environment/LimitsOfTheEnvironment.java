package dev.paddock.domain.pool;

final class LimitsOfTheEnvironment {
    String connections() {
        return System.getenv("CONNECTIONS");
    }
}
