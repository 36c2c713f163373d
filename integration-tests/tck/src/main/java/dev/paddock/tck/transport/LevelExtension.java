package dev.paddock.tck.transport;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.opentest4j.TestAbortedException;

/** Executes the cases that a transport declares as unsupported, and requires that they fail. */
final class LevelExtension implements TestInstancePostProcessor, AfterAllCallback, InvocationInterceptor {

    /** A guard against hanging cases, in seconds, which no healthy run needs; a parameter of JUnit's configuration changes it. */
    private static final String CASE_TIMEOUT = "paddock.tck.case-timeout";

    private static final int CASE_SECONDS = 120;
    private static final String SAFETY = "level safety: ";
    private static final String STRICT = "level strict: ";

    /** A declared case that hangs counts as failed after this time. On a slow machine it can hide a stale declaration only. */
    private static final int DECLARED_CASE_SECONDS = 3;

    private volatile UnsupportedCases declarations = UnsupportedCases.none();
    private final Set<String> executedMethods = ConcurrentHashMap.newKeySet();
    private final Set<String> usedDeclarations = ConcurrentHashMap.newKeySet();

    @Override
    public void postProcessTestInstance(Object suite, ExtensionContext context) {
        declarations = ((TransportUnderTest) suite).unsupported();
        List<String> unknown = new ArrayList<>(declarations.names());
        StrictCases.methods()
                .map(Method::getName)
                .forEach(strict -> unknown.removeIf(name -> name.equals(strict) || name.startsWith(strict + "[")));
        if (!unknown.isEmpty()) {
            throw new AssertionError("declared as unsupported, but no strict case has this name: " + unknown);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> unused = declarations.names().stream()
                .filter(name -> name.endsWith("]") && executedMethods.contains(name.substring(0, name.indexOf('['))))
                .filter(name -> !usedDeclarations.contains(name))
                .toList();
        if (!unused.isEmpty()) {
            throw new AssertionError("declared as unsupported, but the case has no such invocation: " + unused);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        execute(invocation, context, null);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        execute(invocation, context, context.getDisplayName());
    }

    private void execute(Invocation<@Nullable Void> invocation, ExtensionContext context, @Nullable String name)
            throws Throwable {
        Method method = context.getRequiredTestMethod();
        String declared = declarations.nameFor(method.getName(), name);
        executedMethods.add(method.getName());
        if (declared == null || !method.isAnnotationPresent(Strict.class)) {
            int seconds = context.getConfigurationParameter(CASE_TIMEOUT, Integer::valueOf).orElse(CASE_SECONDS);
            Throwable failure = failureOf(invocation, seconds);
            if (failure != null) {
                throw failure instanceof TestAbortedException ? failure : ofLevel(method, failure);
            }
            return;
        }
        usedDeclarations.add(declared);
        String reason = "not supported: " + declarations.reason(declared);
        Throwable failure = failureOf(invocation, DECLARED_CASE_SECONDS);
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        if (failure != null) {
            throw new TestAbortedException(reason + " (" + failure + ")");
        }
        if (!declarations.isRace(declared)) {
            throw new AssertionError(STRICT + "passes, but is declared as " + reason + "; remove the declaration");
        }
    }

    /** Returns the failure of a case, whose message names the level of the case first. */
    private static AssertionError ofLevel(Method method, Throwable failure) {
        String text = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
        AssertionError leveled = new AssertionError((method.isAnnotationPresent(Strict.class) ? STRICT : SAFETY) + text, failure);
        leveled.setStackTrace(failure.getStackTrace());
        return leveled;
    }

    /** Executes a case on a thread of its own, which is abandoned if the case hangs; returns how it failed, or null. */
    private static @Nullable Throwable failureOf(Invocation<@Nullable Void> invocation, int seconds)
            throws InterruptedException {
        FutureTask<@Nullable Throwable> task = new FutureTask<>(() -> {
            try {
                invocation.proceed();
                return null;
            } catch (Throwable failure) {
                return failure;
            }
        });
        Thread thread = Thread.ofPlatform().daemon().name("case").start(task);
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException impossible) {
            return impossible.getCause();
        } catch (TimeoutException hanging) {
            AssertionError hung = new AssertionError("hung for " + seconds + " s");
            hung.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            return hung;
        }
    }
}
