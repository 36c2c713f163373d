package dev.paddock.e2e.fault;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls that others make meanwhile. */
final class Calls {

    private Calls() {}

    /** Starts a call on a thread of its own. */
    static Future<String> start(Supplier<String> call) {
        FutureTask<String> task = new FutureTask<>(call::get);
        Thread.ofVirtual().name("caller").start(task);
        return task;
    }

    /** Returns the kind of the failure in which a call ends, or null if it succeeds. */
    static ErrorKind failure(Future<String> call) {
        try {
            call.get(20, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LlmException failure) {
                return failure.kind();
            }
            throw new AssertionError("not a typed failure", failed.getCause());
        } catch (InterruptedException | TimeoutException hanging) {
            throw new AssertionError("the call hangs", hanging);
        }
    }

    static String result(Future<String> call) {
        try {
            return call.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException failed) {
            throw new AssertionError("the call has no result", failed);
        }
    }
}
