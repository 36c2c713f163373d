package dev.paddock.benchmarks.upstream;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/** What the server has seen since it started. */
final class ServerCounters {

    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    void connectionAccepted() {
        connections.incrementAndGet();
    }

    void requestAnswered() {
        requests.incrementAndGet();
    }

    /** The connection that asks counts too; the requests that ask do not. */
    String json() {
        return "{\"connections\":" + connections + ",\"requests\":" + requests
                + ",\"cpu_nanoseconds\":" + processor().getProcessCpuTime() + "}";
    }

    private static OperatingSystemMXBean processor() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }
}
