package dev.paddock.test;

import dev.paddock.adapters.http.sim.recording.RecordedRequest.HeaderField;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedMessage;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lists received calls for a person who reads why a test failed. */
final class CallReport {

    private static final int LONGEST_TEXT = 200;
    private static final Set<String> USUAL = Set.of(
            "accept", "accept-encoding", "connection", "content-length", "content-type", "host", "http2-settings", "transfer-encoding", "upgrade",
            "user-agent");
    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

    private CallReport() {}

    /** Returns the calls in the order in which they came, one paragraph for each. */
    static String of(List<ReceivedCall> calls) {
        if (calls.isEmpty()) {
            return "no call was received";
        }
        StringBuilder report = new StringBuilder("received, in this order:");
        int number = 1;
        for (ReceivedCall call : calls) {
            report.append("\n  ").append(number++).append(". ").append(line(call));
            call.messages().forEach(message -> report.append("\n       ").append(line(message)));
        }
        return report.toString();
    }

    /** Returns one line: what was asked of which model, and how. */
    static String line(ReceivedCall call) {
        StringBuilder line = new StringBuilder(call.kind().name().toLowerCase(Locale.ROOT)).append(" of model '").append(call.model()).append("'");
        if (!call.path().isEmpty()) {
            line.append(" at ").append(call.path());
        }
        line.append(call.streamed() ? ", streamed" : "");
        line.append(call.tools().isEmpty() ? "" : ", tools " + call.tools());
        for (HeaderField field : call.headers()) {
            if (!USUAL.contains(field.name().toLowerCase(Locale.ROOT))) {
                line.append(", ").append(field.name()).append(": ").append(valueOf(field.name(), field.value()));
            }
        }
        return line.toString();
    }

    private static String line(ReceivedMessage message) {
        String tool = message.tool().isEmpty() ? "" : " (" + message.tool() + ")";
        String text = message.text().length() > LONGEST_TEXT ? message.text().substring(0, LONGEST_TEXT) + "..." : message.text();
        return message.role() + tool + ": " + text.replace("\r", "\\r").replace("\n", "\\n");
    }

    /** Returns the value of a header as it may be shown: keys are hidden. */
    static String valueOf(String name, String value) {
        return SECRET.contains(name.toLowerCase(Locale.ROOT)) ? "(hidden)" : value;
    }
}
