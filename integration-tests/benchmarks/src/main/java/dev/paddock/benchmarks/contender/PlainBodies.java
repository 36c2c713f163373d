package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.Bodies.StreamChunk;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text searched for what is known to be there: not a parser but a limit of what one could cost. It knows no escapes, no
 * blanks and no other order.
 */
final class PlainBodies implements Bodies {

    private static final byte[] CONTENT = ascii("\"content\":\"");
    private static final byte[] PROMPT_TOKENS = ascii("\"prompt_eval_count\":");
    private static final byte[] ANSWER_TOKENS = ascii("\"eval_count\":");
    private static final byte[] EMBEDDINGS = ascii("\"embeddings\":[");

    @Override
    public byte[] chatRequest(String model, boolean stream) {
        return ascii("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":\"" + BenchmarkRequests.SYSTEM
                + "\"},{\"role\":\"user\",\"content\":\"" + BenchmarkRequests.USER + "\"}],\"stream\":" + stream + "}");
    }

    @Override
    public byte[] embedRequest() {
        return ascii("{\"model\":\"" + BenchmarkRequests.MODEL + "\",\"input\":[\"" + String.join("\",\"", BenchmarkRequests.TEXTS)
                + "\"]}");
    }

    @Override
    public ChatResult chatAnswer(byte[] bytes, int offset, int length) {
        int end = offset + length;
        return new ChatResult(text(bytes, offset, end), number(bytes, offset, end, PROMPT_TOKENS),
                number(bytes, offset, end, ANSWER_TOKENS));
    }

    @Override
    public StreamChunk piece(byte[] bytes, int offset, int length) {
        int end = offset + length;
        boolean last = bytes[end - 3] != 'e';
        return new StreamChunk(text(bytes, offset, end), last ? number(bytes, offset, end, ANSWER_TOKENS) : 0);
    }

    @Override
    public EmbedResult embedAnswer(byte[] bytes, int offset, int length) {
        List<float[]> vectors = new ArrayList<>();
        PlainNumbers numbers = new PlainNumbers(bytes, after(bytes, offset, offset + length, EMBEDDINGS));
        while (numbers.hasVector()) {
            vectors.add(numbers.vector(768));
        }
        return EmbedResult.of(vectors);
    }

    private static String text(byte[] bytes, int start, int end) {
        int first = after(bytes, start, end, CONTENT);
        int last = first;
        while (bytes[last] != '"') {
            last++;
        }
        return new String(bytes, first, last - first, StandardCharsets.ISO_8859_1);
    }

    private static int number(byte[] bytes, int start, int end, byte[] name) {
        int number = 0;
        for (int index = after(bytes, start, end, name); bytes[index] >= '0'; index++) {
            number = number * 10 + bytes[index] - '0';
        }
        return number;
    }

    private static int after(byte[] bytes, int start, int end, byte[] name) {
        for (int index = start; index < end - name.length; index++) {
            if (bytes[index] == '"' && matches(bytes, index, name)) {
                return index + name.length;
            }
        }
        throw new IllegalStateException("no " + new String(name, StandardCharsets.US_ASCII));
    }

    private static boolean matches(byte[] bytes, int at, byte[] name) {
        for (int index = 1; index < name.length; index++) {
            if (bytes[at + index] != name[index]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads arrays of numbers without exponents. */
    static final class PlainNumbers {

        private static final double[] POWERS = new double[19];

        static {
            Arrays.setAll(POWERS, exponent -> Math.pow(10, exponent));
        }

        private final byte[] bytes;
        private int position;

        PlainNumbers(byte[] bytes, int position) {
            this.bytes = bytes;
            this.position = position;
        }

        boolean hasVector() {
            return bytes[position] == '[';
        }

        float[] vector(int dimensions) {
            float[] vector = new float[dimensions];
            for (int index = 0; index < dimensions; index++) {
                position++;
                vector[index] = number();
            }
            position += bytes[position + 1] == ',' ? 2 : 1;
            return vector;
        }

        private float number() {
            boolean negative = bytes[position] == '-';
            if (negative) {
                position++;
            }
            long digits = 0;
            int fraction = -1;
            for (byte next = bytes[position]; next == '.' || (next >= '0' && next <= '9'); next = bytes[++position]) {
                if (next == '.') {
                    fraction = 0;
                } else {
                    digits = digits * 10 + next - '0';
                    fraction += fraction < 0 ? 0 : 1;
                }
            }
            double number = fraction > 0 ? digits / POWERS[fraction] : digits;
            return (float) (negative ? -number : number);
        }
    }
}
