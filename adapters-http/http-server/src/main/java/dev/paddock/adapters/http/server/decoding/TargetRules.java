package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks {@code Host} and the request target: a path with an optional query, with only the characters that RFC 3986 allows. A target
 * that two programs may read differently is refused and not normalized: dot segments, empty segments and encoded slashes, unless the
 * handler allows the latter.
 */
final class TargetRules {

    private static final int ESCAPE_LENGTH = 3;
    private static final int MAX_HOST_LENGTH = 262; // a name of 255 characters, a colon and a port
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

    private TargetRules() {}

    /** Returns the one value of Host: a name or an address with an optional port (RFC 9110, section 7.2). */
    static String host(List<String> values) {
        badRequestUnless(values.size() == 1, "the request must have exactly one Host");
        String host = values.getFirst();
        badRequestUnless(!host.isEmpty() && host.length() <= MAX_HOST_LENGTH, "Host has no name, or one that is too long");
        badRequestUnless(HOST.matcher(host).matches(), "Host is not a name with an optional port");
        return host;
    }

    /**
     * Returns path and query of a target.
     *
     * @param host the value of Host, which the authority of a target in absolute form must equal
     * @param encodedSlash decides whether a path may contain encoded slashes
     */
    static String originForm(String target, String host, Predicate<String> encodedSlash) {
        String origin = target.startsWith("/") ? target : withoutAuthority(target, host);
        int query = origin.indexOf('?');
        checkPath(query < 0 ? origin : origin.substring(0, query), encodedSlash);
        if (query >= 0) {
            checkCharacters(origin, query + 1);
        }
        return origin;
    }

    private static String withoutAuthority(String target, String host) {
        int scheme = target.indexOf("://");
        String name = scheme < 0 ? "" : target.substring(0, scheme);
        badRequestUnless(name.equalsIgnoreCase("http") || name.equalsIgnoreCase("https"), "the target is not a path");
        int begin = scheme + "://".length();
        int end = begin;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        badRequestUnless(target.substring(begin, end).equalsIgnoreCase(host), "the target and Host name different servers");
        String rest = target.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static void checkPath(String path, Predicate<String> encodedSlash) {
        checkCharacters(path, 0);
        String decoded = path.indexOf('%') < 0 ? path : decode(path, encodedSlash.test(path));
        badRequestUnless(!decoded.contains("//") && path.indexOf('?') < 0, "the path has an empty segment");
        for (int begin = 1; begin <= decoded.length(); ) {
            int end = decoded.indexOf('/', begin);
            end = end < 0 ? decoded.length() : end;
            badRequestUnless(!isDots(decoded, begin, end), "the path has a dot segment");
            begin = end + 1;
        }
    }

    private static boolean isDots(String path, int begin, int end) {
        int length = end - begin;
        return (length == 1 && path.charAt(begin) == '.') || (length == 2 && path.startsWith("..", begin));
    }

    private static String decode(String path, boolean encodedSlash) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(path.length());
        for (int at = 0; at < path.length(); at++) {
            char character = path.charAt(at);
            if (character != '%') {
                decoded.write(character);
                continue;
            }
            int octet = Integer.parseInt(path.substring(at + 1, at + ESCAPE_LENGTH), 16);
            badRequestUnless(octet >= ' ' && octet != Octets.DELETE && (octet != '/' || encodedSlash) && octet != '\\',
                    "the path encodes a slash or a control character");
            decoded.write(octet);
            at += ESCAPE_LENGTH - 1;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray())).toString();
        } catch (CharacterCodingException malformed) {
            throw new RefusedRequestException(HttpResponseStatus.BAD_REQUEST, "the path does not decode to UTF-8");
        }
    }

    private static void checkCharacters(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char character = text.charAt(at);
            badRequestUnless(Octets.isPathCharacter(character) || character == '?',
                    "the target holds a character that must be encoded");
            if (character == '%') {
                badRequestUnless(at + ESCAPE_LENGTH <= text.length()
                        && HexFormat.isHexDigit(text.charAt(at + 1)) && HexFormat.isHexDigit(text.charAt(at + 2)),
                        "the target holds an incomplete escape");
            }
        }
    }
}
