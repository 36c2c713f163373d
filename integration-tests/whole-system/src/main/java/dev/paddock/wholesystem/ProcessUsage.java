package dev.paddock.wholesystem;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process has used since its start.
 *
 * @param cpuNanos processor time, compilers and garbage collector included, in steps of 10 ms
 * @param allocatedBytes allocation of all its threads, virtual threads included
 */
public record ProcessUsage(long cpuNanos, long allocatedBytes) {

    private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** Returns the usage of this process. */
    public static ProcessUsage ofThisProcess() {
        return new ProcessUsage(PROCESS.getProcessCpuTime(), THREADS.getTotalThreadAllocatedBytes());
    }

    /** Parses a line of {@link #toLine}. */
    public static ProcessUsage parse(String line) {
        String[] figures = line.split(" ", -1);
        return new ProcessUsage(Long.parseLong(figures[0]), Long.parseLong(figures[1]));
    }

    /** Returns the usage as a line for another process. */
    public String toLine() {
        return cpuNanos + " " + allocatedBytes;
    }

    public ProcessUsage minus(ProcessUsage before) {
        return new ProcessUsage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
    }

    public ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
    }
}
