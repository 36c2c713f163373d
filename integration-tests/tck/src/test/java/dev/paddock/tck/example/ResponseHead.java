package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status and the fields of a response. */
record ResponseHead(String protocol, int status, Headers headers) {

    private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/1\\.[01]) ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~\\w-]+):([^\\x00-\\x08\\x0A-\\x1F\\x7F]*)");
    private static final int MOST_FIELDS = 100;

    static ResponseHead read(SocketConnection connection) throws IOException {
        String statusLine = connection.readLine();
        Matcher matcher = STATUS_LINE.matcher(statusLine);
        if (!matcher.matches() || matcher.group(2).equals("101")) {
            throw new ProtocolException("not a response");
        }
        Headers headers = Headers.EMPTY;
        int fields = 0;
        for (String line = connection.readLine(); !line.isEmpty(); line = connection.readLine()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches() || ++fields > MOST_FIELDS) {
                throw new ProtocolException("not a field, or too many of them");
            }
            headers = headers.with(field.group(1), field.group(2).strip());
        }
        return new ResponseHead(matcher.group(1), Integer.parseInt(matcher.group(2)), headers);
    }

    boolean isPersistent() {
        return !says("Connection", "close") && (protocol.equals("HTTP/1.1") || says("Connection", "keep-alive"));
    }

    /** Returns how long the connection may be idle: as the server says, less a second for the way, or as given. */
    Duration idleLimit(Duration given) {
        Duration announced = IdleTimeout.keepAliveTimeout(headers);
        return announced != null && announced.compareTo(given) < 0 ? announced : given;
    }

    private boolean says(String name, String element) {
        return headers.elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }
}
