package dev.paddock.bootstrap.cli.terminal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Handles SIGTERM and SIGINT without a shutdown of the virtual machine, for a graceful shutdown that can still log and choose the
 * exit status. A second signal ends the process at once. SIGHUP runs an action, and never ends the process, from the start of the
 * listening to {@link #close}.
 *
 * <p>The Java platform has no supported API for this. {@code sun.misc.Signal}, used by reflection, is part of the module {@code
 * jdk.unsupported} of every JDK (JEP 260). Where it is missing, or signals are disabled ({@code -Xrs}), a signal ends the process
 * in the usual way.
 */
public final class ProcessSignals implements AutoCloseable {

    private static final List<String> STOPPING = List.of("TERM", "INT");
    private static final String HANG_UP = "HUP";

    private final CompletableFuture<Void> received = new CompletableFuture<>();
    private final CompletableFuture<Runnable> whenHungUp = new CompletableFuture<>();
    private final Map<String, Handled> handled = new ConcurrentHashMap<>(); // by the name of the signal

    private ProcessSignals() {}

    /** A signal, and what handled it before. */
    private record Handled(Object signal, Object before) {}

    /** Installs the handlers, until a signal is received or {@link #close} is called. */
    public static ProcessSignals listen() {
        ProcessSignals signals = new ProcessSignals();
        try {
            STOPPING.forEach(name -> signals.install(name, "receive"));
        } catch (IllegalStateException notAvailable) {
            signals.close();
        }
        try {
            signals.install(HANG_UP, "hangUp");
        } catch (IllegalStateException notAvailable) {
            return signals; // there is none on Windows; under nohup it stays ignored
        }
        return signals;
    }

    /** Runs an action, in a thread of its own, whenever the process gets a SIGHUP, and for each one that it has got before. */
    public void onHangUp(Runnable action) {
        whenHungUp.complete(action);
    }

    /** Called through a method handle when a SIGHUP arrives. */
    @SuppressWarnings("unused")
    private void hangUp() {
        var unused = whenHungUp.thenAccept(action -> Thread.ofVirtual().name("paddock-hang-up").start(action));
    }

    /** Waits for a signal. */
    public void await() {
        received.join();
    }

    private void install(String name, String method) {
        try {
            MethodHandle action = MethodHandles.lookup().bind(this, method, MethodType.methodType(void.class));
            Object handler = MethodHandleProxies.asInterfaceInstance(
                    Class.forName("sun.misc.SignalHandler"), MethodHandles.dropArguments(action, 0, signalType()));
            Object signal = signalType().getConstructor(String.class).newInstance(name);
            handled.put(name, new Handled(signal, exchange(signal, handler)));
        } catch (ReflectiveOperationException | RuntimeException failed) {
            throw new IllegalStateException(name + " cannot be handled", failed);
        }
    }

    /** Called through a method handle when a signal arrives. */
    @SuppressWarnings("unused")
    private void receive() {
        STOPPING.forEach(this::restore);
        received.complete(null);
    }

    /** Restores the previous handlers. */
    @Override
    public void close() {
        handled.keySet().forEach(this::restore);
    }

    private void restore(String name) {
        Handled present = handled.remove(name);
        if (present == null) {
            return;
        }
        try {
            exchange(present.signal(), present.before());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the previous signal handler cannot be restored", impossible);
        }
    }

    private static Object exchange(Object signal, Object handler) throws ReflectiveOperationException {
        Method handle = signalType().getMethod("handle", signalType(), Class.forName("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal, handler);
        } catch (InvocationTargetException refused) {
            throw new IllegalStateException(refused.getCause());
        }
    }

    private static Class<?> signalType() throws ClassNotFoundException {
        return Class.forName("sun.misc.Signal");
    }
}
