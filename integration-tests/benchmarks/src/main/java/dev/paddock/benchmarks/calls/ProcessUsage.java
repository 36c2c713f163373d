package dev.paddock.benchmarks.calls;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process used in a span of time, compilers and garbage collector included.
 *
 * @param cpu processor time, in nanoseconds
 * @param allocation of all its threads, virtual ones included, in bytes
 */
record ProcessUsage(long cpu, long allocation) {

    private static final OperatingSystemMXBean PROCESSOR =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    static final double NANOS_PER_MICRO = 1_000;
    private static final double BYTES_PER_KILOBYTE = 1_000;

    /** Returns what this process has used since its start. */
    static ProcessUsage now() {
        return new ProcessUsage(PROCESSOR.getProcessCpuTime(), THREADS.getTotalThreadAllocatedBytes());
    }

    /** Returns what it has used since then. */
    ProcessUsage since(ProcessUsage then) {
        return new ProcessUsage(cpu - then.cpu, allocation - then.allocation);
    }

    /** Processor time of one of so many calls, in microseconds. */
    double cpuPerCall(double calls) {
        return cpu / NANOS_PER_MICRO / calls;
    }

    /** Allocation of one of so many calls, in units of 1000 bytes. */
    double allocationPerCall(double calls) {
        return allocation / BYTES_PER_KILOBYTE / calls;
    }
}
