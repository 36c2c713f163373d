package dev.paddock.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackendPickTest {

    private static final double SECOND = 1e9;
    private static final PlacementRequest ANY = new PlacementRequest(RunnerOptions.ANY, null, 1, 0, Long.MAX_VALUE, 0);

    private final Random random = new Random(7);

    @Test
    void choose_oneHasTheModelInMemory_isChosenAlthoughItIsBusier() {
        List<Candidate> candidates =
                List.of(Candidate.of(PlacementClass.HAS_ROOM), Candidate.of(PlacementClass.RESIDENT).busy(3).slots(4), Candidate.of(PlacementClass.MUST_EVICT));

        assertThat(chosen(candidates, 50)).containsExactly(0, 50, 0);
    }

    @Test
    void choose_noneHasTheModelInMemory_prefersRoomToEviction() {
        List<Candidate> candidates = List.of(Candidate.of(PlacementClass.MUST_EVICT), Candidate.of(PlacementClass.HAS_ROOM).busy(5));

        assertThat(chosen(candidates, 50)).containsExactly(0, 50);
    }

    @Test
    void choose_loadWhereThereIsRoomTakesLonger_evictsNothing() {
        List<Candidate> candidates =
                List.of(Candidate.of(PlacementClass.MUST_EVICT).loading(SECOND), Candidate.of(PlacementClass.HAS_ROOM).loading(20 * SECOND));

        assertThat(chosen(candidates, 50)).containsExactly(0, 50);
    }

    @Test
    void choose_waitIsLongerThanTheLoad_loadsASecondCopy() {
        Candidate resident = Candidate.of(PlacementClass.RESIDENT).waiting(30 * SECOND);
        List<Candidate> candidates = List.of(resident, Candidate.of(PlacementClass.HAS_ROOM).loading(20 * SECOND));

        assertThat(chosen(candidates, 50)).containsExactly(0, 50);
    }

    @Test
    void choose_callsWaitForTheirAdmissionForLongerThanALoad_loadsAFurtherCopyWhereNoModelIsInUse() {
        Candidate resident = Candidate.of(PlacementClass.RESIDENT);
        Candidate used = Candidate.of(PlacementClass.MUST_EVICT).loading(20 * SECOND);
        List<Candidate> candidates = List.of(resident, used.crowded(0.5), used.spare());

        assertThat(chosen(candidates, behind(30 * SECOND), 50)).containsExactly(0, 0, 50);
        assertThat(chosen(candidates, behind(19 * SECOND), 50)).containsExactly(50, 0, 0);
        assertThat(chosen(List.of(resident, used), behind(1000 * SECOND), 50)).containsExactly(50, 0);
        assertThat(chosen(List.of(resident, Candidate.of(PlacementClass.LOADING).waiting(9 * SECOND), used.spare()), behind(30 * SECOND), 50))
                .as("a copy is being loaded")
                .containsExactly(50, 0, 0);
    }

    @Test
    void choose_deadlineIsShort_takesAServerThatCanBeginBeforeItIfThereIsOne() {
        Candidate resident = Candidate.of(PlacementClass.RESIDENT).loading(0);
        Candidate room = Candidate.of(PlacementClass.HAS_ROOM);
        Candidate evicting = Candidate.of(PlacementClass.MUST_EVICT);

        assertThat(chosen(List.of(room.crowded(0.5), room.loading(8 * SECOND)), within(10 * SECOND, 0), 50)).containsExactly(0, 50);
        assertThat(chosen(List.of(room, evicting.loading(8 * SECOND)), within(10 * SECOND, 0), 50)).containsExactly(0, 50);
        assertThat(chosen(List.of(room.loading(8 * SECOND), room.loading(9 * SECOND).crowded(0.5)), within(10 * SECOND, 0), 50)).containsExactly(0, 50);
        assertThat(chosen(List.of(Candidate.of(PlacementClass.LOADING).loading(0).waiting(12 * SECOND), room.loading(11 * SECOND)), within(11 * SECOND, 0), 50))
                .containsExactly(0, 50);
        assertThat(chosen(List.of(resident, evicting.spare()), within(10 * SECOND, 30 * SECOND), 50))
                .as("another call brings about the further copy")
                .containsExactly(50, 0);
        assertThat(chosen(List.of(resident, evicting.spare()), within(25 * SECOND, 30 * SECOND), 50)).containsExactly(0, 50);
        assertThat(chosen(List.of(room, room.crowded(0.5).loading(30 * SECOND)), within(10 * SECOND, 0), 50))
                .as("no server is in time")
                .containsExactly(0, 50);
    }

    @Test
    void choose_loadIsNeeded_everyProcessChoosesTheSameServerAndOtherModelsOthers() {
        List<Integer> chosen = LongStream.range(0, 20)
                .mapToObj(model -> IntStream.range(0, 10)
                        .mapToObj(server -> Candidate.of(PlacementClass.HAS_ROOM).hashed(server ^ (model << 8)))
                        .toList())
                .map(candidates -> {
                    int of = BackendPick.choose(candidates, ANY, new Random(1));
                    assertThat(IntStream.range(2, 20).map(process -> BackendPick.choose(candidates, ANY, new Random(process))).boxed()).containsOnly(of);
                    return of;
                })
                .toList();

        assertThat(chosen.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void choose_modelIsBeingLoadedElsewhere_waitsForItOnlyWhenThatIsShorter() {
        Candidate loading = Candidate.of(PlacementClass.LOADING).waiting(10 * SECOND).loading(0);
        Candidate resident = Candidate.of(PlacementClass.RESIDENT);

        assertThat(chosen(List.of(resident, loading), 50)).containsExactly(50, 0);
        assertThat(chosen(List.of(resident.waiting(15 * SECOND), loading), 50)).containsExactly(0, 50);
        assertThat(chosen(List.of(Candidate.of(PlacementClass.HAS_ROOM), loading), 50)).containsExactly(0, 50);
    }

    @Test
    void choose_waitIsShorterThanTheLoad_waits() {
        Candidate resident = Candidate.of(PlacementClass.RESIDENT).waiting(15 * SECOND);
        List<Candidate> candidates = List.of(resident, Candidate.of(PlacementClass.HAS_ROOM).loading(20 * SECOND));

        assertThat(chosen(candidates, 50)).containsExactly(50, 0);
    }

    @Test
    void choose_otherServerOfTheClassIsFree_doesNotLoadASecondCopy() {
        List<Candidate> candidates = List.of(
                Candidate.of(PlacementClass.RESIDENT).waiting(100 * SECOND).busy(50),
                Candidate.of(PlacementClass.RESIDENT),
                Candidate.of(PlacementClass.HAS_ROOM).loading(20 * SECOND));

        assertThat(chosen(candidates, 50)).containsExactly(0, 50, 0);
    }

    @Test
    void choose_twoOfAClass_takesTheLessLoadedByCallsSlotsWeightAndSpeed() {
        Candidate plain = Candidate.of(PlacementClass.RESIDENT).busy(1).frame(1);

        assertThat(chosen(List.of(plain, plain.busy(2)), 20)).containsExactly(20, 0);
        assertThat(chosen(List.of(plain, plain.busy(2).slots(2)), 20)).containsExactly(0, 20);
        assertThat(chosen(List.of(plain, plain.weighing(3)), 20)).containsExactly(0, 20);
        assertThat(chosen(List.of(plain, plain.frame(0.5)), 20)).containsExactly(0, 20);
        assertThat(chosen(List.of(plain, plain.penalty(4)), 20)).containsExactly(20, 0);
    }

    @Test
    void choose_twoOfAClassAreBusy_takesOneWithAFreeSlotUnlessItFails() {
        Candidate busy = Candidate.of(PlacementClass.RESIDENT).slots(4).busy(4);
        Candidate free = Candidate.of(PlacementClass.RESIDENT).slots(4).busy(3);

        assertThat(chosen(List.of(busy, busy, busy, busy, free, busy), 50)).containsExactly(0, 0, 0, 0, 50, 0);
        assertThat(chosen(List.of(busy, busy, busy, free.penalty(9)), 50).getLast()).isZero();
    }

    @Test
    void choose_speedOfOneUnknown_comparesTheLoadOnly() {
        Candidate slow = Candidate.of(PlacementClass.RESIDENT).frame(100);

        assertThat(chosen(List.of(slow, Candidate.of(PlacementClass.RESIDENT).busy(1)), 20)).containsExactly(20, 0);
    }

    @Test
    void choose_mustLoad_prefersTheServerThatItCrowdsLess() {
        Candidate crowded = Candidate.of(PlacementClass.HAS_ROOM).crowded(3);

        assertThat(chosen(List.of(crowded, Candidate.of(PlacementClass.HAS_ROOM)), 20)).containsExactly(0, 20);
    }

    @Test
    void choose_equalServers_spreadsOverAll() {
        List<Candidate> candidates = IntStream.range(0, 10).mapToObj(server -> Candidate.of(PlacementClass.RESIDENT)).toList();

        assertThat(chosen(candidates, 10_000)).allSatisfy(count -> assertThat(count).isBetween(800, 1200));
    }

    @Test
    void choose_sameAffinity_isTheSameServerUntilItIsOverloaded() {
        List<Candidate> candidates = new ArrayList<>();
        IntStream.range(0, 5).forEach(server -> candidates.add(Candidate.of(PlacementClass.RESIDENT).hashed(server).busy(4)));
        PlacementRequest affine = new PlacementRequest(RunnerOptions.ANY, 42L, 1, 0, Long.MAX_VALUE, 0);
        int home = BackendPick.choose(candidates, affine, random);

        for (int call = 0; call < 50; call++) {
            assertThat(BackendPick.choose(candidates, affine, random)).isEqualTo(home);
        }
        candidates.set(home, candidates.get(home).busy(8));
        assertThat(BackendPick.choose(candidates, affine, random)).isNotEqualTo(home);
    }

    @Test
    void choose_serverIsAdded_movesFewAffinities() {
        List<Candidate> before = IntStream.range(0, 9).mapToObj(server -> Candidate.of(PlacementClass.RESIDENT).hashed(server)).toList();
        List<Candidate> after = new ArrayList<>(before);
        after.add(Candidate.of(PlacementClass.RESIDENT).hashed(9));

        long moved = IntStream.range(0, 1000)
                .mapToObj(affinity -> new PlacementRequest(RunnerOptions.ANY, affinity * 31L, 1, 0, Long.MAX_VALUE, 0))
                .filter(request -> BackendPick.choose(before, request, random) != BackendPick.choose(after, request, random))
                .count();

        assertThat(moved).isBetween(50L, 170L);
    }

    @Test
    void isServedBy_optionsOfARequest_needTheSameOnesOnly() {
        RunnerOptions loaded = new RunnerOptions(4096, Map.of("num_gpu", "1"));

        assertThat(RunnerOptions.ANY.isServedBy(loaded)).isTrue();
        assertThat(new RunnerOptions(4096, Map.of()).isServedBy(loaded)).isTrue();
        assertThat(new RunnerOptions(8192, Map.of()).isServedBy(loaded)).isFalse();
        assertThat(new RunnerOptions(null, Map.of("num_gpu", "2")).isServedBy(loaded)).isFalse();
        assertThat(new RunnerOptions(null, Map.of("num_batch", "2")).isServedBy(loaded)).isFalse();
    }

    private static PlacementRequest within(double remaining, double backlog) {
        return new PlacementRequest(RunnerOptions.ANY, null, 1, (long) backlog, (long) remaining, 0);
    }

    private static PlacementRequest behind(double backlog) {
        return new PlacementRequest(RunnerOptions.ANY, null, 1, (long) backlog, Long.MAX_VALUE, 0);
    }

    /** Returns how often each candidate is chosen. */
    private List<Integer> chosen(List<Candidate> candidates, int times) {
        return chosen(candidates, ANY, times);
    }

    private List<Integer> chosen(List<Candidate> candidates, PlacementRequest request, int times) {
        int[] counts = new int[candidates.size()];
        for (int call = 0; call < times; call++) {
            counts[BackendPick.choose(candidates, request, random)]++;
        }
        return IntStream.of(counts).boxed().toList();
    }

    private record Candidate(
            PlacementClass placement, int inFlight, double slots, double weight, double firstFrameTime, double failurePenalty,
            double crowding, double expectedWait, double expectedLoad, long hash, boolean isSpare)
            implements PlacementCandidate {

        static Candidate of(PlacementClass placement) {
            return new Candidate(placement, 0, 1, 1, 0, 1, 1, 0, 20 * SECOND, 0, false);
        }

        Candidate busy(int calls) {
            return new Candidate(placement, calls, slots, weight, firstFrameTime, failurePenalty, crowding, expectedWait, expectedLoad, hash, isSpare);
        }

        Candidate slots(double count) {
            return new Candidate(placement, inFlight, count, weight, firstFrameTime, failurePenalty, crowding, expectedWait, expectedLoad, hash, isSpare);
        }

        Candidate weighing(double times) {
            return new Candidate(placement, inFlight, slots, times, firstFrameTime, failurePenalty, crowding, expectedWait, expectedLoad, hash, isSpare);
        }

        Candidate frame(double seconds) {
            return new Candidate(placement, inFlight, slots, weight, seconds * SECOND, failurePenalty, crowding, expectedWait, expectedLoad, hash, isSpare);
        }

        Candidate penalty(double factor) {
            return new Candidate(placement, inFlight, slots, weight, firstFrameTime, factor, crowding, expectedWait, expectedLoad, hash, isSpare);
        }

        Candidate crowded(double factor) {
            return new Candidate(placement, inFlight, slots, weight, firstFrameTime, failurePenalty, factor, expectedWait, expectedLoad, hash, isSpare);
        }

        Candidate waiting(double nanos) {
            return new Candidate(placement, inFlight, slots, weight, firstFrameTime, failurePenalty, crowding, nanos, expectedLoad, hash, isSpare);
        }

        Candidate loading(double nanos) {
            return new Candidate(placement, inFlight, slots, weight, firstFrameTime, failurePenalty, crowding, expectedWait, nanos, hash, isSpare);
        }

        Candidate spare() {
            return new Candidate(placement, inFlight, slots, weight, firstFrameTime, failurePenalty, crowding, expectedWait, expectedLoad, hash, true);
        }

        Candidate hashed(long number) {
            return new Candidate(
                    placement, inFlight, slots, weight, firstFrameTime, failurePenalty, crowding, expectedWait, expectedLoad, number * 0x9e3779b97f4a7c15L, isSpare);
        }

        @Override
        public PlacementClass placement(PlacementRequest request) {
            return placement;
        }

        @Override
        public double crowding(PlacementRequest request) {
            return crowding;
        }

        @Override
        public double expectedWait(PlacementRequest request) {
            return expectedWait;
        }

        @Override
        public boolean hasSpareRoom(PlacementRequest request) {
            return isSpare;
        }

        @Override
        public double expectedLoad(PlacementRequest request) {
            return expectedLoad;
        }
    }
}
