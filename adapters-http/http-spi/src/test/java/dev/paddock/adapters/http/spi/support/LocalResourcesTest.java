package dev.paddock.adapters.http.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures for which this process or its machine is the reason. */
class LocalResourcesTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new SocketException("Too many open files"), true),
                Arguments.of(new SocketException("Too many open files in system"), true),
                Arguments.of(new BindException("Cannot assign requested address"), true),
                Arguments.of(new ConnectException("Cannot assign requested address: connect"), true),
                Arguments.of(new SocketException("No buffer space available (maximum connections reached?)"), true),
                Arguments.of(new IOException("Cannot allocate memory"), true),
                Arguments.of(new IOException("connect", new SocketException("Too many open files")), true),
                Arguments.of(new IllegalStateException(new IOException(new OutOfMemoryError("Java heap space"))), true),
                Arguments.of(new IOException("unable to create native thread: possibly out of memory"), true),
                Arguments.of(new ConnectException("Connection refused"), false),
                Arguments.of(new NoRouteToHostException("No route to host"), false),
                Arguments.of(new SocketException("Network is unreachable"), false),
                Arguments.of(new UnknownHostException("no-such-host"), false),
                Arguments.of(new SocketException((String) null), false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isShortage_failureOfASocket_isOneByItsText(Throwable failure, boolean expected) {
        assertThat(LocalResources.isShortage(failure)).isEqualTo(expected);
    }
}
