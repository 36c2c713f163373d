package dev.paddock.adapters.http.apache5;

import dev.paddock.domain.exchange.CallPhase;
import java.io.IOException;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Sends a request and receives the head of its response; the body is left to be read. Stateless. */
final class Apache5RequestExecutor implements ConnectionEndpoint.RequestExecutor {

    private static final int MOST_INTERIM_RESPONSES = 8;

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection leased, HttpContext context)
            throws IOException, HttpException {
        Apache5Connection connection = (Apache5Connection) leased;
        Apache5CallState state = (Apache5CallState) context;
        if (state.connection() == null) {
            connection.lifecycle().leaseAgain();
            state.use(connection, true);
        }
        try {
            state.enter(CallPhase.SEND);
            send(request, connection);
        } catch (IOException broken) {
            return receiveLastWord(request, connection, broken);
        }
        state.enter(CallPhase.HEAD);
        return receive(request, connection);
    }

    private static void send(ClassicHttpRequest request, Apache5Connection connection)
            throws IOException, HttpException {
        connection.sendRequestHeader(request);
        connection.sendRequestEntity(request);
        connection.flush();
    }

    /** A server may answer and close before it has read the body; its answer tells more than the broken connection. */
    private static ClassicHttpResponse receiveLastWord(
            ClassicHttpRequest request, Apache5Connection connection, IOException broken) throws IOException {
        connection.markNonReusable();
        if (!connection.hasInput()) {
            throw broken;
        }
        try {
            return receive(request, connection);
        } catch (IOException | HttpException noAnswer) {
            broken.addSuppressed(noAnswer);
            throw broken;
        }
    }

    private static ClassicHttpResponse receive(ClassicHttpRequest request, Apache5Connection connection)
            throws IOException, HttpException {
        ClassicHttpResponse response = receiveFinal(connection);
        if (connection.isEnded()) {
            // The parser takes the end of the stream for the end of the head.
            throw new ConnectionClosedException("The head of the response is incomplete");
        }
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            connection.receiveResponseEntity(response);
        }
        return response;
    }

    private static ClassicHttpResponse receiveFinal(Apache5Connection connection) throws IOException, HttpException {
        for (int interim = 0; interim <= MOST_INTERIM_RESPONSES; interim++) {
            ClassicHttpResponse response = connection.receiveResponseHeader();
            if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
                throw new ProtocolException("The server changed the protocol without being asked");
            }
            if (response.getCode() >= HttpStatus.SC_SUCCESS) {
                return response;
            }
        }
        throw new ProtocolException("Too many interim responses");
    }
}
