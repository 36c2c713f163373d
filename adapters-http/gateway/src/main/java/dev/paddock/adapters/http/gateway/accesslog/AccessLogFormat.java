package dev.paddock.adapters.http.gateway.accesslog;

/** The format of a line of the access log. */
public enum AccessLogFormat {
    /** Pairs of names and values, see {@link AccessRecord#line()}. */
    TEXT,
    /** A JSON object, see {@link AccessRecord#json()}. */
    JSON;

    /** Returns the line of an entry. */
    public String render(AccessRecord record) {
        return switch (this) {
            case TEXT -> record.line();
            case JSON -> record.json();
        };
    }
}
