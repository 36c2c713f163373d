package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every body promises, and what one in memory does. */
class RequestBodyTest {

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5'};

    /** A body that gives two bytes at most, each of them its position. */
    private record Counting(long length) implements RequestBody {

        @Override
        public BodyPiece piece(long position, int most) {
            byte[] piece = new byte[(int) Math.min(Math.min(most, 2), length - position)];
            for (int at = 0; at < piece.length; at++) {
                piece[at] = (byte) (position + at);
            }
            return new BodyPiece(piece, 0, piece.length);
        }
    }

    @Test
    void piece_ofAnArray_isThatPartOfIt() {
        RequestBody body = RequestBody.of(DIGITS);

        assertThat(body.length()).isEqualTo(6);
        assertThat(copy(body.piece(2, 3))).containsExactly('2', '3', '4');
        assertThat(copy(body.piece(4, 3))).containsExactly('4', '5');
        assertThat(body.piece(6, 3).length()).isZero();
    }

    @Test
    void piece_thatTheArrayDoesNotHave_isRefused() {
        assertThatThrownBy(() -> new BodyPiece(DIGITS, 4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static byte[] copy(BodyPiece piece) {
        return Arrays.copyOfRange(piece.array(), piece.offset(), piece.offset() + piece.length());
    }

    @Test
    void isInMemory_bodyOfItsOwnKind_isNotUnlessItSaysSo() {
        assertThat(RequestBody.of(DIGITS).isInMemory()).isTrue();
        assertThat(RequestBody.NONE.isInMemory()).isTrue();
        assertThat(new Counting(5).isInMemory()).isFalse();
    }

    @Test
    void bytes_ofAnArray_areTheArrayItself() {
        assertThat(RequestBody.of(DIGITS).bytes()).isSameAs(DIGITS);
        assertThat(RequestBody.NONE.bytes()).isEmpty();
    }

    @Test
    void bytes_ofABodyInPieces_areAllOfThem() {
        assertThat(new Counting(5).bytes()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void bytes_moreThanAnArrayHolds_areRefused() {
        assertThatThrownBy(new Counting(Long.MAX_VALUE)::bytes).isInstanceOf(ArithmeticException.class);
    }
}
