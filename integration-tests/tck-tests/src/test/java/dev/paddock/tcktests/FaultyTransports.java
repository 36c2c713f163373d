package dev.paddock.tcktests;

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

/** Transports with faults that HTTP clients have had in practice. */
final class FaultyTransports {

    private FaultyTransports() {}

    /** Hands a body over when it is complete. */
    static final class BuffersEverything extends FaultyTransport {

        @Override
        int read(TransportResponse correct, byte[] buffer, int offset, int length) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int count = 0; count >= 0 && body.size() < length; count = correct.read(buffer, offset, length)) {
                body.write(buffer, offset, count);
            }
            byte[] bytes = body.toByteArray();
            System.arraycopy(bytes, 0, buffer, offset, Math.min(bytes.length, length));
            return bytes.length == 0 ? -1 : Math.min(bytes.length, length);
        }
    }

    /** Does not stop the server when a call is cancelled. */
    static final class IgnoresCancel extends FaultyTransport {

        @Override
        void cancel(TransportCall correct) {}
    }

    /** Reads the rest of an abandoned response, in order to use the connection again. */
    static final class DrainsOnClose extends FaultyTransport {

        @Override
        void close(TransportResponse correct) {
            byte[] buffer = new byte[8192];
            while (correct.read(buffer, 0, buffer.length) >= 0) {
                assert buffer.length > 0;
            }
            correct.close();
        }
    }

    /** Limits its calls without being asked. */
    static final class CapsAtFive extends FaultyTransport {

        private final Semaphore five = new Semaphore(5);

        @Override
        TransportResponse execute(TransportCall correct) {
            five.acquireUninterruptibly();
            try {
                return super.execute(correct);
            } catch (TransportException failed) {
                five.release();
                throw failed;
            }
        }

        @Override
        void close(TransportResponse correct) {
            super.close(correct);
            five.release();
        }
    }

    /** Sends a request again that got no answer. */
    static final class RetriesSilently extends FaultyTransport {

        @Override
        TransportCall call(HttpTransport correct, TransportRequest request, CallListener listener) {
            TransportCall first = super.call(correct, request, listener);
            return new TransportCall() {
                @Override
                public TransportResponse execute() {
                    try {
                        return first.execute();
                    } catch (TransportException failed) {
                        if (failed.failure() != TransportFailure.NO_RESPONSE) {
                            throw failed;
                        }
                        return correct.newCall(request, listener).execute();
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
    static final class ReportsWrongCounts extends FaultyTransport {

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
    static final class SwallowsTruncation extends FaultyTransport {

        @Override
        int read(TransportResponse correct, byte[] buffer, int offset, int length) {
            try {
                return super.read(correct, buffer, offset, length);
            } catch (TransportException failed) {
                if (failed.failure() == TransportFailure.TRUNCATED) {
                    return -1;
                }
                throw failed;
            }
        }
    }

    /** Adds a field to each request. */
    static final class AddsAField extends FaultyTransport {

        @Override
        TransportCall call(HttpTransport correct, TransportRequest request, CallListener listener) {
            TransportRequest more = new TransportRequest(
                    request.method(),
                    request.target(),
                    request.headers().with("User-Agent", "faulty"),
                    request.body());
            return super.call(correct, more, listener);
        }
    }

    /** Does not report the phases of a call. */
    static final class TellsNoPhases extends FaultyTransport {

        @Override
        TransportCall call(HttpTransport correct, TransportRequest request, CallListener listener) {
            return super.call(correct, request, CallListener.none());
        }
    }

    /** Trusts every certificate. */
    static final class TrustsEverybody extends FaultyTransport {

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
    static final class LeavesThreads extends FaultyTransport {

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
