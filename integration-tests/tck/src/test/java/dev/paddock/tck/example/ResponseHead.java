package dev.paddock.tck.example;

import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status and the fields of a response. */
record ResponseHead(String protocol, int status, Headers headers) {

    private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/1\\.[01]) ([1-5]\\d\\d)(?: .*)?");
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
            int colon = line.indexOf(':');
            if (colon <= 0 || ++fields > MOST_FIELDS) {
                throw new ProtocolException("not a field, or too many of them");
            }
            headers = headers.with(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new ResponseHead(matcher.group(1), Integer.parseInt(matcher.group(2)), headers);
    }

    boolean isPersistent() {
        return protocol.equals("HTTP/1.1")
                && headers.all("Connection").stream().noneMatch(value -> value.equalsIgnoreCase("close"));
    }
}
