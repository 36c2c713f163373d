package dev.paddock.adapters.http.gateway.relay;

/** The end of the bytes sent so far, so that an appended report does not become a part of them. Confined to one thread. */
final class BodyTail {

    private boolean emptySoFar = true;
    private int lineEnds; // in a row, at the end
    private boolean afterReturn; // whether the last byte was a CR, so that an LF belongs to it

    void add(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        emptySoFar = false;
        // Four bytes hold two line ends of any kind.
        for (int index = Math.max(0, bytes.length - 4); index < bytes.length; index++) {
            add(bytes[index]);
        }
    }

    boolean endsLine() {
        return emptySoFar || lineEnds > 0;
    }

    boolean endsEvent() {
        return emptySoFar || lineEnds > 1;
    }

    private void add(byte next) {
        boolean belongsToReturn = afterReturn && next == '\n';
        afterReturn = next == '\r';
        if (belongsToReturn) {
            return;
        }
        lineEnds = next == '\n' || next == '\r' ? lineEnds + 1 : 0;
    }
}
