package dev.paddock.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures what java.util.logging logs under a name until it is closed, and keeps it from the console. Thread-safe. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    /** Starts to capture what loggers of this name and below log. */
    public static CapturedLog under(String name) {
        CapturedLog logged = new CapturedLog(Logger.getLogger(name));
        logged.logger.addHandler(logged);
        logged.logger.setUseParentHandlers(false);
        return logged;
    }

    /** Returns what was logged so far. */
    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void publish(LogRecord published) {
        if (isLoggable(published)) {
            records.add(published);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.setUseParentHandlers(true);
        logger.removeHandler(this);
    }
}
