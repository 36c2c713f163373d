package dev.paddock.adapters.http.spi.support;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises failures for which this process or its machine is the reason, and not the server. */
final class LocalResources {

    /** The platform has no exception of its own for them: these are the texts of EMFILE and ENFILE, EADDRNOTAVAIL, ENOBUFS and ENOMEM. */
    private static final Pattern SHORTAGE = Pattern.compile(
            "too many open files|cannot assign requested address|no buffer space|cannot allocate memory|native thread",
            Pattern.CASE_INSENSITIVE);

    private LocalResources() {}

    /** Returns whether a failure is due to a shortage of file descriptors, ports, threads or memory. */
    static boolean isShortage(Throwable failure) {
        for (Throwable part : new Throwable[] {failure, failure.getCause(), cause(failure.getCause())}) {
            if (part instanceof OutOfMemoryError || isNamed(part)) {
                return true;
            }
        }
        // A look-up needs a socket; without one the platform reports that the name is unknown.
        return isUnknownHost(failure) && !hasDescriptorLeft();
    }

    private static boolean isNamed(@Nullable Throwable part) {
        String message = part == null ? null : part.getMessage();
        return message != null && SHORTAGE.matcher(message).find();
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure == null ? null : failure.getCause();
    }

    private static boolean isUnknownHost(Throwable failure) {
        return failure instanceof UnknownHostException || failure.getCause() instanceof UnknownHostException;
    }

    private static boolean hasDescriptorLeft() {
        try (DatagramChannel probe = DatagramChannel.open()) {
            return probe.isOpen();
        } catch (IOException none) {
            return false;
        }
    }
}
