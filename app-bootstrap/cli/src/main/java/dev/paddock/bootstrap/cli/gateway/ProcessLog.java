package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of this process on standard error, from its start until it is closed. A configuration of {@code java.util.logging} by system
 * property takes precedence over all of it. Used by one thread at a time.
 */
final class ProcessLog implements AutoCloseable {

    private static final List<String> CONFIGURATIONS =
            List.of("java.util.logging.config.file", "java.util.logging.config.class");

    /** The loggers of Paddock; held, because the manager of loggers forgets the level of those that nothing holds. */
    private static final List<Logger> OWN = List.of(Logger.getLogger("dev.paddock"), Logger.getLogger("paddock"));

    private static final Logger ROOT = Logger.getLogger("");

    private final Map<Logger, @Nullable Level> levelsBefore = new LinkedHashMap<>();
    private final List<Handler> replaced = new ArrayList<>();
    private final @Nullable Handler handler;

    private ProcessLog(@Nullable Handler handler) {
        this.handler = handler;
    }

    /**
     * Starts the log.
     *
     * @param format the format of the lines
     * @param level the lowest level of Paddock's own lines, or null for the usual one; libraries log from INFO on at most
     */
    static ProcessLog start(AccessLogFormat format, @Nullable LogLevel level) {
        if (CONFIGURATIONS.stream().anyMatch(name -> System.getProperty(name) != null)) {
            return new ProcessLog(null);
        }
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new LogFormatter(format));
        handler.setLevel(Level.ALL);
        ProcessLog log = new ProcessLog(handler);
        for (Handler present : ROOT.getHandlers()) {
            if (present instanceof ConsoleHandler) {
                ROOT.removeHandler(present);
                log.replaced.add(present);
            }
        }
        ROOT.addHandler(handler);
        if (level != null) {
            OWN.forEach(logger -> log.setLevel(logger, level.level()));
            log.setLevel(ROOT, level.ofLibraries());
        }
        return log;
    }

    private void setLevel(Logger logger, Level level) {
        levelsBefore.put(logger, logger.getLevel());
        logger.setLevel(level);
    }

    /** Restores the log that there was before. */
    @Override
    public void close() {
        levelsBefore.forEach(Logger::setLevel);
        if (handler != null) {
            ROOT.removeHandler(handler);
        }
        replaced.forEach(ROOT::addHandler);
    }

    /** The levels that users choose from. */
    enum LogLevel {
        ERROR,
        WARNING,
        INFO,
        DEBUG,
        TRACE;

        Level level() {
            return switch (this) {
                case ERROR -> Level.SEVERE;
                case WARNING -> Level.WARNING;
                case INFO -> Level.INFO;
                case DEBUG -> Level.FINE;
                case TRACE -> Level.ALL;
            };
        }

        Level ofLibraries() {
            return level().intValue() < Level.INFO.intValue() ? Level.INFO : level();
        }
    }
}
