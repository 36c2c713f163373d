package dev.paddock.bootstrap.gateway;

import static java.util.Objects.requireNonNullElse;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.ports.metrics.MetricsPort;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The process, its virtual machine and the build as gauges, which are read on demand. Their names are those of the client libraries of
 * Prometheus. A figure that the system does not tell is NaN.
 */
final class ProcessMeasurements {

    private static final Path STATUS = Path.of("/proc/self/status"); // of Linux
    private static final String RESIDENT = "VmRSS:";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int BYTES_PER_KIBIBYTE = 1024;
    private static final String UNKNOWN = "unknown";

    private final MetricsPort metrics;

    private ProcessMeasurements(MetricsPort metrics) {
        this.metrics = metrics;
    }

    /** Registers all of them. */
    static void register(MetricsPort metrics) {
        ProcessMeasurements all = new ProcessMeasurements(metrics);
        all.registerProcess();
        all.registerMemory();
        all.registerMachine();
        String version = requireNonNullElse(PaddockGateway.class.getPackage().getImplementationVersion(), UNKNOWN);
        metrics.gauge(
                new Metric("paddock.build.info", "state", "The version of Paddock and of Java; the value is always 1.", List.of("version", "java"))
                        .with(version, Runtime.version().toString()),
                () -> 1);
    }

    private void registerProcess() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        RuntimeMXBean machine = ManagementFactory.getRuntimeMXBean();
        add("process.cpu.total", "seconds", "Processor time of the process.", () -> {
            long nanos = system.getProcessCpuTime();
            return nanos < 0 ? Double.NaN : nanos / NANOS_PER_SECOND;
        });
        add("process.start.time", "seconds", "When the process was started, since the epoch.", () -> machine.getStartTime() / MILLIS_PER_SECOND);
        add("process.resident.memory.bytes", "bytes", "Memory of the process.", ProcessMeasurements::residentBytes);
        if (system instanceof UnixOperatingSystemMXBean unix) {
            add("process.open.fds", "descriptors", "Open file descriptors.", unix::getOpenFileDescriptorCount);
            add("process.max.fds", "descriptors", "Most file descriptors that may be open.", unix::getMaxFileDescriptorCount);
        }
    }

    private static double residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToDouble(kibibytes -> Double.parseDouble(kibibytes) * BYTES_PER_KIBIBYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | NumberFormatException notLinux) {
            return Double.NaN;
        }
    }

    private void registerMemory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        registerMemory("heap", memory::getHeapMemoryUsage);
        registerMemory("nonheap", memory::getNonHeapMemoryUsage);
    }

    private void registerMemory(String area, Supplier<MemoryUsage> usage) {
        addLabelled("jvm.memory.used.bytes", "bytes", "Memory in use.", "area", area, () -> usage.get().getUsed());
        addLabelled("jvm.memory.committed.bytes", "bytes", "Memory that the system has given.", "area", area, () -> usage.get().getCommitted());
        addLabelled("jvm.memory.max.bytes", "bytes", "Most memory that may be used.", "area", area, () -> {
            long most = usage.get().getMax();
            return most < 0 ? Double.NaN : most;
        });
    }

    private void registerMachine() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name = collector.getName();
            addLabelled("jvm.gc.collections", "collections", "Collections of garbage.", "gc", name, collector::getCollectionCount);
            addLabelled("jvm.gc.time", "seconds", "Time that collections of garbage took.", "gc", name,
                    () -> collector.getCollectionTime() / MILLIS_PER_SECOND);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        add("jvm.threads.current", "threads", "Platform threads.", threads::getThreadCount);
        add("jvm.threads.daemon", "threads", "Platform threads that are daemons.", threads::getDaemonThreadCount);
        add("jvm.threads.peak", "threads", "Most platform threads at a time.", threads::getPeakThreadCount);
    }

    private void add(String name, String unit, String description, DoubleSupplier source) {
        metrics.gauge(new Metric(name, unit, description, List.of()).with(), source);
    }

    private void addLabelled(String name, String unit, String description, String label, String value, DoubleSupplier source) {
        metrics.gauge(new Metric(name, unit, description, List.of(label)).with(value), source);
    }
}
