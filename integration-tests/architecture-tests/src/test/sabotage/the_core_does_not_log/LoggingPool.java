package dev.paddock.domain.pool;

final class LoggingPool {
    private static final System.Logger LOGGER = System.getLogger("pool");

    void tell() {
        LOGGER.log(System.Logger.Level.INFO, "told");
    }
}
