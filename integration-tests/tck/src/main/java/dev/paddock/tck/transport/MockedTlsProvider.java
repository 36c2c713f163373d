package dev.paddock.tck.transport;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A TLS provider whose sockets pass bytes through as they are, and fail where a test says so. */
final class MockedTlsProvider {

    /** Changes what a mocked TLS socket does. */
    @FunctionalInterface
    interface Fault {

        void in(SSLSocket socket) throws IOException;
    }

    private final SSLSession session = mock(SSLSession.class);
    private final SSLContext context = mock(SSLContext.class);
    private final SSLSocketFactory sockets = mock(SSLSocketFactory.class);

    MockedTlsProvider() {
        try {
            when(context.getSocketFactory()).thenReturn(sockets);
            when(session.getPeerCertificates()).thenReturn(new Certificate[] {mock(X509Certificate.class)});
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    SSLContext context() {
        return context;
    }

    SSLSession session() {
        return session;
    }

    /** Puts a fault into each socket that the provider makes. */
    void provide(Fault fault) throws IOException {
        when(sockets.createSocket(any(Socket.class), anyString(), anyInt(), anyBoolean())).thenAnswer(invocation -> {
            Socket plain = invocation.getArgument(0);
            SSLSocket secured = mock(SSLSocket.class, withSettings().defaultAnswer(delegatesTo(plain)));
            doReturn(new SSLParameters()).when(secured).getSSLParameters();
            doNothing().when(secured).setSSLParameters(any());
            doNothing().when(secured).startHandshake();
            doReturn(session).when(secured).getSession();
            doReturn("http/1.1").when(secured).getApplicationProtocol();
            fault.in(secured);
            return secured;
        });
    }
}
