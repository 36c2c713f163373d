package dev.paddock.bootstrap.cli.terminal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Handles SIGTERM and SIGINT without a shutdown of the virtual machine, for a graceful shutdown that can still log and choose the
 * exit status. A second signal ends the process at once.
 *
 * <p>The Java platform has no supported API for this. {@code sun.misc.Signal}, used by reflection, is part of the module {@code
 * jdk.unsupported} of every JDK (JEP 260). Where it is missing, or signals are disabled ({@code -Xrs}), a signal ends the process
 * in the usual way.
 */
public final class ProcessSignals implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("TERM", "INT");
    private static final String HANG_UP = "HUP";

    private final CompletableFuture<Void> received = new CompletableFuture<>();
    private final Map<Object, Object> handlersBefore = new LinkedHashMap<>(); // by signal

    private ProcessSignals() {}

    /** Installs the handlers, until a signal is received or {@link #close} is called. */
    public static ProcessSignals listen() {
        ProcessSignals signals = new ProcessSignals();
        try {
            signals.install();
        } catch (ReflectiveOperationException | RuntimeException notAvailable) {
            signals.close();
        }
        return signals;
    }

    /** Runs an action, in a thread of its own, whenever the process gets a SIGHUP, until {@link #close} is called. */
    public void onHangUp(Runnable action) {
        try {
            MethodHandle run = MethodHandles.lookup().bind(this, "hangUp", MethodType.methodType(void.class, Runnable.class));
            install(HANG_UP, run.bindTo(action));
        } catch (ReflectiveOperationException | RuntimeException notAvailable) {
            return; // a SIGHUP then ends the process, as usual
        }
    }

    /** Called through a method handle when a SIGHUP arrives. */
    @SuppressWarnings("unused")
    private void hangUp(Runnable action) {
        Thread.ofVirtual().name("paddock-hang-up").start(action);
    }

    /** Waits for a signal. */
    public void await() {
        received.join();
    }

    private void install() throws ReflectiveOperationException {
        MethodHandle receive = MethodHandles.lookup().bind(this, "receive", MethodType.methodType(void.class));
        for (String name : SIGNALS) {
            install(name, receive);
        }
    }

    private void install(String name, MethodHandle action) throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object handler = MethodHandleProxies.asInterfaceInstance(
                handlerType, MethodHandles.dropArguments(action, 0, signalType()));
        Object signal = signalType().getConstructor(String.class).newInstance(name);
        handlersBefore.put(signal, exchange(signal, handler));
    }

    /** Called through a method handle when a signal arrives. */
    @SuppressWarnings("unused")
    private void receive() {
        close();
        received.complete(null);
    }

    /** Restores the previous handlers. */
    @Override
    public void close() {
        handlersBefore.forEach((signal, before) -> {
            try {
                exchange(signal, before);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("the previous signal handler cannot be restored", impossible);
            }
        });
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
