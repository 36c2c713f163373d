package dev.paddock.adapters.http.server.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import org.junit.jupiter.api.Test;

/** One caller never takes all the memory for bodies away from the others. */
class BodyBudgetTest {

    private static final long MEGABYTE = 1024 * 1024;

    private final BodyBudget budget = new BodyBudget(128 * MEGABYTE); // 32 are reserved

    @Test
    void grow_oneCaller_isRefusedWhileThereIsRoomForOthers() {
        budget.allocate("a").grow(64 * MEGABYTE);

        assertRefused("a", MEGABYTE);
        assertAllowed("b", 20 * MEGABYTE);
        assertRefused("b", 2 * MEGABYTE);
        assertAllowed("c", 4 * MEGABYTE);
    }

    @Test
    void grow_severalBodiesOfOneCaller_countTogether() {
        for (int body = 0; body < 64; body++) {
            budget.allocate("a").grow(MEGABYTE);
        }
        assertRefused("a", MEGABYTE);
        assertAllowed("b", MEGABYTE);
    }

    @Test
    void grow_smallBodies_findRoomWhenLargeOnesUseTheirs() {
        budget.allocate("a").grow(64 * MEGABYTE);
        budget.allocate("b").grow(21 * MEGABYTE);

        for (int body = 0; body < 80; body++) {
            assertAllowed("a", BodyBudget.SMALL);
        }
        assertRefused("a", BodyBudget.SMALL + 1);
    }

    @Test
    void grow_bodyThatBecomesLarge_leavesTheReserve() {
        for (int body = 0; body < 200; body++) {
            BodyBudget.BodyMemory memory = budget.allocate("a");
            memory.grow(BodyBudget.SMALL);
            memory.grow(1);
        }
        for (int body = 0; body < 80; body++) {
            assertAllowed("b", BodyBudget.SMALL);
        }
    }

    @Test
    void grow_moreSmallBodiesThanTheReserveHolds_useTheRest() {
        for (int body = 0; body < 200; body++) {
            assertAllowed("a", BodyBudget.SMALL);
        }
    }

    @Test
    void grow_refused_usesNothing() {
        BodyBudget.BodyMemory memory = budget.allocate("a");
        memory.grow(MEGABYTE);
        assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> memory.grow(1000 * MEGABYTE));
        memory.release();
        memory.release();

        assertAllowed("a", budget.largestBody());
    }

    @Test
    void release_makesRoomInThePartThatTheBodyUsed() {
        for (int round = 0; round < 1_000; round++) {
            BodyBudget.BodyMemory small = budget.allocate("a");
            small.grow(BodyBudget.SMALL);
            small.grow(round % 2 == 0 ? 20 * MEGABYTE : 0);
            small.release();
        }
        assertAllowed("a", budget.largestBody());
    }

    @Test
    void withinHeap_smallHeap_isHalfOfIt() {
        assertThat(BodyBudget.withinHeap(256 * MEGABYTE, 256 * MEGABYTE).largestBody()).isEqualTo(64 * MEGABYTE);
        assertThat(BodyBudget.withinHeap(256 * MEGABYTE, 8192 * MEGABYTE).largestBody()).isEqualTo(128 * MEGABYTE);
    }

    private void assertAllowed(String caller, long bytes) {
        assertThatNoException().isThrownBy(() -> budget.allocate(caller).grow(bytes));
    }

    private void assertRefused(String caller, long bytes) {
        assertThatExceptionOfType(RefusedRequestException.class)
                .isThrownBy(() -> budget.allocate(caller).grow(bytes))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(503));
    }
}
