package dev.paddock.bootstrap.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.load.Conversation.Turn;
import dev.paddock.bootstrap.bench.load.Prompts.RecordedPrompts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads prompts from a file: text with a prompt on each line, JSON lines, or a JSON array. An element of JSON is a text, an object with
 * {@code prompt}, with {@code messages} as in a chat request, with {@code turns}, or with {@code conversations} as in ShareGPT.
 */
public final class PromptFile {

    private static final List<String> TEXTS = List.of("prompt", "text", "question", "input", "instruction");
    private static final List<String> LISTS = List.of("conversations", "conversation", "messages", "turns");
    private static final List<String> OUTPUT_TOKENS = List.of("output_tokens", "max_tokens", "completion_tokens", "num_predict");
    private static final int FINGERPRINT_BYTES = 6;
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int MARK = 1 << 16; // blanks at the beginning

    private final List<Conversation> conversations = new ArrayList<>();
    private long characters;

    private PromptFile() {}

    /**
     * Reads the prompts, at most 64 Mi characters of them; the rest of the file is left out. So are conversations in which the user says nothing.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it has no prompt or is malformed; the message continues a sentence that begins with the name of
     *     the file
     */
    public static RecordedPrompts read(InputStream file) throws IOException {
        DigestInputStream digested = new DigestInputStream(file, sha256());
        PromptFile prompts = new PromptFile();
        prompts.readAll(new BufferedReader(new InputStreamReader(digested, UTF_8)));
        if (prompts.conversations.isEmpty()) {
            throw new IllegalArgumentException("has no prompt; it is text with a prompt on each line, JSON lines with 'prompt' or "
                    + "'messages', or an array of conversations as in ShareGPT");
        }
        return RecordedPrompts.of(prompts.conversations, fingerprint(digested.getMessageDigest().digest()));
    }

    /** Returns a short name of a content, which other contents do not have. */
    static String fingerprint(String content) {
        return fingerprint(sha256().digest(content.getBytes(UTF_8)));
    }

    private static String fingerprint(byte[] digest) {
        return "sha256:" + HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void readAll(BufferedReader file) throws IOException {
        int first = firstVisible(file);
        if (isArray(file)) {
            int unused = file.read();
            readArray(new JsonElements(file));
        } else {
            readLines(file, first == '{');
        }
    }

    /** Returns the first character that is neither a blank nor the mark of an encoding, and leaves the reader in front of it. */
    private static int firstVisible(BufferedReader file) throws IOException {
        file.mark(MARK);
        int character = file.read();
        while (character == '\ufeff' || Character.isWhitespace(character)) {
            file.mark(MARK);
            character = file.read();
        }
        file.reset();
        return character;
    }

    /** Returns whether the reader is in front of an array that can have prompts. Text may begin with a bracket, too. */
    private static boolean isArray(BufferedReader file) throws IOException {
        file.mark(MARK);
        int bracket = file.read();
        int next = file.read();
        for (int read = 2; read < MARK && Character.isWhitespace(next); read++) {
            next = file.read();
        }
        file.reset();
        return bracket == '[' && (next == '"' || next == '{' || next == ']');
    }

    private void readArray(JsonElements elements) throws IOException {
        int number = 1;
        for (String element = elements.next(); element != null && characters < MOST_CHARACTERS; element = elements.next()) {
            String place = "element " + number++;
            add(element(json(element, place), place));
        }
    }

    private void readLines(BufferedReader file, boolean isOfObjects) throws IOException {
        int number = 1;
        boolean isJson = isOfObjects;
        for (String line = file.readLine(); line != null && characters < MOST_CHARACTERS; line = file.readLine()) {
            String text = line.strip();
            isJson |= number == 1 && isText(text);
            String place = "line " + number++;
            if (!text.isEmpty()) {
                add(isJson ? element(json(text, place), place) : single(text));
            }
        }
    }

    private void add(@Nullable Conversation conversation) {
        if (conversation != null) {
            conversations.add(conversation);
            characters += conversation.turns().stream().mapToLong(turn -> turn.prompt().length()).sum();
        }
    }

    private static @Nullable Conversation element(@Nullable Object element, String place) {
        if (element instanceof String prompt) {
            return single(prompt);
        }
        if (element instanceof Map<?, ?> object) {
            Integer tokens = number(object, OUTPUT_TOKENS);
            for (String name : LISTS) {
                if (object.get(name) instanceof List<?> list) {
                    return ofMessages(list, tokens, place);
                }
            }
            for (String name : TEXTS) {
                if (object.get(name) instanceof String prompt) {
                    return prompt.isBlank() ? null : new Conversation(textOrNull(object.get("system")), List.of(new Turn(prompt, tokens)));
                }
            }
        }
        throw new IllegalArgumentException("has no prompt in " + place + "; an object has 'prompt', 'messages', 'turns' or 'conversations'");
    }

    private static @Nullable Conversation ofMessages(List<?> messages, @Nullable Integer tokens, String place) {
        List<Turn> turns = new ArrayList<>();
        String system = null;
        for (Object each : messages) {
            if (each instanceof String prompt) {
                turns.add(new Turn(prompt, tokens));
            } else if (each instanceof Map<?, ?> message) {
                Object role = message.containsKey("role") ? message.get("role") : message.get("from");
                String content = content(message.containsKey("content") ? message.get("content") : message.get("value"));
                switch (String.valueOf(role).toLowerCase(Locale.ROOT)) {
                    case "system" -> system = content;
                    case "user", "human" -> turns.add(new Turn(content, tokens));
                    default -> { } // the server gives the answers of the model
                }
            } else {
                throw new IllegalArgumentException("has a message in " + place + " that is neither a text nor an object");
            }
        }
        List<Turn> said = turns.stream().filter(turn -> !turn.prompt().isBlank()).toList();
        return said.isEmpty() ? null : new Conversation(system, said);
    }

    private static String content(@Nullable Object content) {
        if (content instanceof List<?> parts) {
            return parts.stream()
                    .map(part -> part instanceof Map<?, ?> map && map.get("text") instanceof String text ? text : "")
                    .collect(Collectors.joining());
        }
        return content instanceof String text ? text : "";
    }

    private static @Nullable Conversation single(String prompt) {
        return prompt.isBlank() ? null : new Conversation(null, List.of(new Turn(prompt, null)));
    }

    private static @Nullable Integer number(Map<?, ?> object, List<String> names) {
        return names.stream()
                .map(name -> object.get(name) instanceof Number number && number.intValue() > 0 ? (Integer) number.intValue() : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String textOrNull(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** Returns whether a line is a text of JSON. A line of text may begin with a quotation, too. */
    private static boolean isText(String line) {
        try {
            return line.startsWith("\"") && PlainJson.fromText(line) instanceof String;
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    private static @Nullable Object json(String text, String place) {
        try {
            return PlainJson.fromText(text);
        } catch (IllegalArgumentException notJson) {
            throw new IllegalArgumentException("is not JSON in " + place, notJson);
        }
    }
}
