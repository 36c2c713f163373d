package dev.paddock.adapters.http.server.decoding;

/** Classes of octets in the grammars of HTTP/1.1 and of URIs. */
final class Octets {

    static final int DELETE = 0x7F;

    private static final int ASCII = 128;
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    private static final boolean[] PATH = table("-._~!$&'()*+,;=:@/%");

    private Octets() {}

    /** A character of a token (RFC 9110, section 5.6.2). */
    static boolean isTokenCharacter(int octet) {
        return octet < ASCII && TOKEN[octet];
    }

    /** A character of a path, including the percent sign of an escape (RFC 3986, section 3.3). */
    static boolean isPathCharacter(int octet) {
        return octet < ASCII && PATH[octet];
    }

    /** A character of a field value or of a chunk extension, including obsolete text (RFC 9110, section 5.5). */
    static boolean isFieldCharacter(int octet) {
        return (octet >= ' ' && octet != DELETE) || octet == '\t';
    }

    private static boolean[] table(String marks) {
        boolean[] allowed = new boolean[ASCII];
        for (int octet = 0; octet < ASCII; octet++) {
            allowed[octet] = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9') || marks.indexOf(octet) >= 0;
        }
        return allowed;
    }
}
