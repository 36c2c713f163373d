package dev.paddock.bootstrap.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Listens for the signals by which a process is asked to end, without beginning to end it: while the virtual machine shuts
 * down, loggers are gone and the exit status is that of the signal. A second signal ends the process as if nobody listened.
 *
 * <p>The Java platform has no supported way to do this. What is used here, by name, is part of the module {@code
 * jdk.unsupported} of every JDK, made for applications like this one (JEP 260); where it is missing, or the virtual machine
 * keeps the signals to itself ({@code -Xrs}), nothing is heard, and the process ends in the usual way.
 */
final class ProcessSignals implements AutoCloseable {

    private static final List<String> ENDING = List.of("TERM", "INT");

    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final Map<Object, Object> handlersBefore = new LinkedHashMap<>(); // by signal

    private ProcessSignals() {}

    /** Listens from now on until it is closed or has heard one. */
    static ProcessSignals listen() {
        ProcessSignals signals = new ProcessSignals();
        try {
            signals.install();
        } catch (ReflectiveOperationException | RuntimeException keptByTheVirtualMachine) {
            signals.close();
        }
        return signals;
    }

    /** Returns when a signal was heard. */
    void await() {
        heard.join();
    }

    private void install() throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object handler = Proxy.newProxyInstance(
                handlerType.getClassLoader(),
                new Class<?>[] {handlerType},
                (proxy, method, arguments) -> answer(proxy, method, arguments));
        for (String name : ENDING) {
            Object signal = signalType().getConstructor(String.class).newInstance(name);
            handlersBefore.put(signal, exchange(signal, handler));
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy equals itself and nothing else
    private @Nullable Object answer(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                close();
                heard.complete(null);
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "what listens for the signals of the process";
        };
    }

    /** Gives the signals back to whoever had them. */
    @Override
    public void close() {
        handlersBefore.forEach((signal, before) -> {
            try {
                exchange(signal, before);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("a handler that was installed cannot be taken back", impossible);
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
