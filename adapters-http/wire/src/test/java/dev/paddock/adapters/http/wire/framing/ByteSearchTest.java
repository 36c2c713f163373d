package dev.paddock.adapters.http.wire.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    private static final ByteSearch SEARCH = ByteSearch.of(':', '\\');

    /** Neighbours of the wanted bytes, among them those for which the arithmetic borrows, and those with the highest bit. */
    private static final byte[] ALPHABET = {
        ':', '\\', ';', ']', '9', '[', 0, 1, -1, (byte) (':' | 0x80), (byte) ('\\' | 0x80), 'a'
    };

    private final Random random = new Random(20_261_123);

    @Test
    void next_anyBytesInAnyRange_isWhereTheFirstOneStands() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(random.nextInt(40), 2 + random.nextInt(ALPHABET.length - 1));
            int from = random.nextInt(bytes.length + 1);
            int end = from + random.nextInt(bytes.length - from + 1);
            assertThat(SEARCH.next(bytes, from, end)).isEqualTo(oneByOne(bytes, from, end));
        }
    }

    @Test
    void candidates_anyEightBytes_noneIsMissing() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(Long.BYTES, ALPHABET.length);
            long found = SEARCH.candidates(bytes, 0);
            for (int index = 0; index < bytes.length; index++) {
                if (SEARCH.isWanted(bytes[index])) {
                    assertThat(found >>> (index * Byte.SIZE) & 0x80).as("byte %d", index).isNotZero();
                }
            }
            assertThat(found == 0 ? Long.BYTES : ByteSearch.first(found)).isEqualTo(oneByOne(bytes, 0, Long.BYTES));
        }
    }

    @Test
    void next_oneCharacter_onlyThatOne() {
        byte[] bytes = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', '\n', '\n'};
        assertThat(ByteSearch.of('\n').next(bytes, 0, bytes.length)).isEqualTo(9);
        assertThat(ByteSearch.of('\n').next(bytes, 10, bytes.length)).isEqualTo(10);
        assertThat(ByteSearch.of('\n').next(bytes, 0, 9)).isEqualTo(9);
    }

    private byte[] bytes(int length, int letters) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = ALPHABET[random.nextInt(letters)];
        }
        return bytes;
    }

    private static int oneByOne(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && bytes[index] != ':' && bytes[index] != '\\') {
            index++;
        }
        return index;
    }
}
