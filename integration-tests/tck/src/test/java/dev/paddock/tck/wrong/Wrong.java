package dev.paddock.tck.wrong;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.pool.CloseReason;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Transports that are wrong as clients in the field have been wrong. */
final class Wrong {

    private Wrong() {}

    /** Hands a body over when it is complete. */
    static final class BuffersEverything extends WrongTransport {

        @Override
        int read(TransportResponse right, byte[] buffer, int offset, int length) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int count = 0; count >= 0 && body.size() < length; count = right.read(buffer, offset, length)) {
                body.write(buffer, offset, count);
            }
            byte[] bytes = body.toByteArray();
            System.arraycopy(bytes, 0, buffer, offset, Math.min(bytes.length, length));
            return bytes.length == 0 ? -1 : Math.min(bytes.length, length);
        }
    }

    /** Lets the server work on. */
    static final class IgnoresCancel extends WrongTransport {

        @Override
        void cancel(TransportCall right) {}
    }

    /** Wants to use the connection again, and therefore reads what nobody wants. */
    static final class DrainsOnClose extends WrongTransport {

        @Override
        void close(TransportResponse right) {
            byte[] buffer = new byte[8192];
            while (right.read(buffer, 0, buffer.length) >= 0) {
                assert buffer.length > 0;
            }
            right.close();
        }
    }

    /** Has a limit of its own that nobody asked for. */
    static final class CapsAtFive extends WrongTransport {

        private final Semaphore five = new Semaphore(5);

        @Override
        TransportResponse execute(TransportCall right) {
            five.acquireUninterruptibly();
            try {
                return super.execute(right);
            } catch (TransportException failed) {
                five.release();
                throw failed;
            }
        }

        @Override
        void close(TransportResponse right) {
            super.close(right);
            five.release();
        }
    }

    /** Sends a request again that got no answer. */
    static final class RetriesSilently extends WrongTransport {

        @Override
        TransportCall call(HttpTransport right, TransportRequest request, CallListener listener) {
            TransportCall first = super.call(right, request, listener);
            return new TransportCall() {
                @Override
                public TransportResponse execute() {
                    try {
                        return first.execute();
                    } catch (TransportException failed) {
                        if (failed.failure() != TransportFailure.NO_RESPONSE) {
                            throw failed;
                        }
                        return right.newCall(request, listener).execute();
                    }
                }

                @Override
                public void cancel() {
                    first.cancel();
                }
            };
        }
    }

    /** Counts every connection twice. */
    static final class ReportsWrongCounts extends WrongTransport {

        @Override
        ConnectionListener listener(ConnectionListener listener) {
            return new ConnectionListener() {
                @Override
                public void opened(Duration connectTime) {
                    listener.opened(connectTime);
                    listener.opened(connectTime);
                }

                @Override
                public void leased(boolean reused) {
                    listener.leased(reused);
                }

                @Override
                public void closed(CloseReason reason) {
                    listener.closed(reason);
                }
            };
        }
    }

    /** Takes the end of the connection for the end of the body. */
    static final class SwallowsTruncation extends WrongTransport {

        @Override
        int read(TransportResponse right, byte[] buffer, int offset, int length) {
            try {
                return super.read(right, buffer, offset, length);
            } catch (TransportException failed) {
                if (failed.failure() == TransportFailure.TRUNCATED) {
                    return -1;
                }
                throw failed;
            }
        }
    }

    /** Says who it is although nobody asked. */
    static final class AddsAField extends WrongTransport {

        @Override
        TransportCall call(HttpTransport right, TransportRequest request, CallListener listener) {
            TransportRequest more = new TransportRequest(
                    request.method(),
                    request.target(),
                    request.headers().with("User-Agent", "wrong"),
                    request.body());
            return super.call(right, more, listener);
        }
    }

    /** Does not say how far a call has come. */
    static final class TellsNoPhases extends WrongTransport {

        @Override
        TransportCall call(HttpTransport right, TransportRequest request, CallListener listener) {
            return super.call(right, request, CallListener.none());
        }
    }

    /** Trusts whoever answers. */
    static final class TrustsEverybody extends WrongTransport {

        @Override
        TransportSettings settings(TransportSettings settings) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new Credulous()}, null);
                return new TransportSettings(
                        settings.connectTimeout(), settings.tlsTimeout(), settings.lifetimes(), context);
            } catch (GeneralSecurityException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Starts a thread for each transport and forgets it. */
    static final class LeavesThreads extends WrongTransport {

        @Override
        TransportSettings settings(TransportSettings settings) {
            Thread forgotten = new Thread(new Semaphore(0)::acquireUninterruptibly);
            forgotten.setDaemon(true);
            forgotten.start();
            return settings;
        }
    }

    private static final class Credulous extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
