package dev.paddock.domain.routing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The choice of a server for a call to a model. A server that has the model loaded comes before one with room for it, and that before one that
 * must unload another; a worse class is taken only when its load is expected to end before the wait in the better one. While calls wait for
 * their admission for longer than a load takes, a further copy of the model is loaded where no other one is in use. Inside a class two random
 * servers are compared (power of two choices), and another one is taken only when both are busy and it is not, unless the call belongs to others
 * and their server is not overloaded. A model is loaded only where it crowds least, and among equal servers at the one that every process
 * chooses. A server that can begin to answer before the deadline of the call comes before all that cannot.
 */
public final class BackendPick {

    /** How much more than the average a server may have to do and still get the calls that belong together. */
    private static final double LOAD_BOUND = 1.25;

    private static final byte EXCLUDED = -1;
    private static final int CLASSES = PlacementClass.values().length;

    private BackendPick() {}

    /**
     * Returns the index of the chosen candidate.
     *
     * @param candidates at least one
     * @param random the source of chance
     */
    public static int choose(List<? extends PlacementCandidate> candidates, PlacementRequest request, RandomGenerator random) {
        if (candidates.size() == 1) {
            return 0;
        }
        byte[] placements = new byte[candidates.size()];
        int[] sizes = new int[CLASSES];
        double[] waits = new double[CLASSES];
        double[] costs = new double[CLASSES];
        for (int index = 0; index < placements.length; index++) {
            PlacementCandidate candidate = candidates.get(index);
            int placement = candidate.placement(request).rank();
            double wait = candidate.expectedWait(request);
            double cost = wait + candidate.expectedLoad(request);
            waits[placement] = sizes[placement] == 0 ? wait : Math.min(waits[placement], wait);
            costs[placement] = sizes[placement] == 0 ? cost : Math.min(costs[placement], cost);
            placements[index] = (byte) placement;
            sizes[placement]++;
        }
        int best = best(sizes, waits, costs, request);
        boolean needsCopy = best == PlacementClass.RESIDENT.rank() && sizes[PlacementClass.LOADING.rank()] == 0 && request.backlog() > 0;
        int chosen = needsCopy ? furtherCopy(candidates, placements, request) : best;
        if (chosen > PlacementClass.RESIDENT.rank() && request.remaining() < Long.MAX_VALUE) {
            sizes[chosen] -= excludeLate(candidates, placements, chosen, request);
        }
        Long affinity = request.affinity();
        int affine = affinity == null ? -1 : affine(candidates, placements, chosen, affinity);
        if (affine >= 0) {
            return affine;
        }
        return chosen <= PlacementClass.LOADING.rank()
                ? lessLoaded(candidates, placements, chosen, sizes[chosen], random)
                : leastCrowded(candidates, placements, chosen, request);
    }

    /**
     * Returns the best class whose wait is not longer than the wait and the load in a worse one. When that is beyond the deadline of the call, it
     * is the first class that has a server in time.
     */
    private static int best(int[] sizes, double[] waits, double[] costs, PlacementRequest request) {
        int chosen = -1;
        for (int placement = 0; placement < sizes.length; placement++) {
            if (sizes[placement] > 0 && (chosen < 0 || costs[placement] < waits[chosen])) {
                chosen = placement;
            }
        }
        for (int placement = 0; costs[chosen] > request.remaining() && placement < sizes.length; placement++) {
            if (sizes[placement] > 0 && costs[placement] <= request.remaining()) {
                chosen = placement;
            }
        }
        return chosen;
    }

    /** Excludes the servers of a class that are too late for the deadline of the call, if another one is not; returns how many. */
    private static int excludeLate(
            List<? extends PlacementCandidate> candidates, byte[] placements, int chosen, PlacementRequest request) {
        boolean[] late = new boolean[placements.length];
        int lateOnes = 0;
        boolean isOneInTime = false;
        for (int index = 0; index < placements.length; index++) {
            if (placements[index] == chosen) {
                PlacementCandidate candidate = candidates.get(index);
                late[index] = candidate.expectedWait(request) + candidate.expectedLoad(request) > request.remaining();
                lateOnes += late[index] ? 1 : 0;
                isOneInTime |= !late[index];
            }
        }
        if (!isOneInTime) {
            return 0;
        }
        for (int index = 0; index < placements.length; index++) {
            placements[index] = late[index] ? EXCLUDED : placements[index];
        }
        return lateOnes;
    }

    /**
     * Returns the class in which a further copy of the model is loaded before the calls that wait have had their turn, and before the deadline of
     * this call, or that of the loaded ones. Excludes servers of that class where another model would have to go that is in use.
     */
    private static int furtherCopy(
            List<? extends PlacementCandidate> candidates, byte[] placements, PlacementRequest request) {
        int chosen = PlacementClass.RESIDENT.rank();
        double least = Math.min(request.backlog(), request.remaining());
        for (int index = 0; index < placements.length; index++) {
            PlacementCandidate candidate = candidates.get(index);
            if (placements[index] > PlacementClass.LOADING.rank() && candidate.hasSpareRoom(request)) {
                double cost = candidate.expectedWait(request) + candidate.expectedLoad(request);
                if (cost < least) {
                    least = cost;
                    chosen = placements[index];
                }
            }
        }
        for (int index = 0; chosen > PlacementClass.RESIDENT.rank() && index < placements.length; index++) {
            if (placements[index] == chosen && !candidates.get(index).hasSpareRoom(request)) {
                placements[index] = EXCLUDED;
            }
        }
        return chosen;
    }

    /** Returns the candidate of the class that calls with the affinity agree on (rendezvous hashing), or -1 when it is overloaded. */
    private static int affine(List<? extends PlacementCandidate> candidates, byte[] placements, int chosen, long affinity) {
        int best = -1;
        long highest = 0;
        double calls = 1;
        double slots = 0;
        for (int index = 0; index < placements.length; index++) {
            if (placements[index] == chosen) {
                PlacementCandidate candidate = candidates.get(index);
                long score = mix(candidate.hash() ^ affinity);
                if (best < 0 || score > highest) {
                    best = index;
                    highest = score;
                }
                calls += candidate.inFlight();
                slots += candidate.slots() * candidate.weight();
            }
        }
        double average = calls / slots;
        PlacementCandidate candidate = candidates.get(best);
        double share = (candidate.inFlight() + 1) / (candidate.slots() * candidate.weight());
        return share <= Math.max(LOAD_BOUND * average, 1) ? best : -1;
    }

    /**
     * Returns the candidate of the class that the model would crowd least. Among equal ones it is the same for every process that chooses
     * (rendezvous hashing), because each would load a copy of its own otherwise.
     */
    private static int leastCrowded(
            List<? extends PlacementCandidate> candidates, byte[] placements, int chosen, PlacementRequest request) {
        double least = Double.MAX_VALUE;
        long highest = 0;
        int best = -1;
        for (int index = 0; index < placements.length; index++) {
            if (placements[index] == chosen) {
                PlacementCandidate candidate = candidates.get(index);
                double crowding = candidate.crowding(request) * candidate.failurePenalty();
                long score = mix(candidate.hash());
                if (best < 0 || crowding < least || (crowding == least && score > highest)) {
                    best = index;
                    least = crowding;
                    highest = score;
                }
            }
        }
        return best;
    }

    private static int lessLoaded(
            List<? extends PlacementCandidate> candidates, byte[] placements, int chosen, int size, RandomGenerator random) {
        int first = random.nextInt(size);
        int one = member(placements, chosen, first);
        if (size == 1) {
            return one;
        }
        int other = member(placements, chosen, (first + 1 + random.nextInt(size - 1)) % size);
        int better = isBetter(candidates.get(other), candidates.get(one)) ? other : one;
        return hasFreeSlot(candidates.get(better)) ? better : freeOr(better, candidates, placements, chosen);
    }

    /** Returns the next candidate of the class that has a free slot and no failures, or the given one. */
    private static int freeOr(int full, List<? extends PlacementCandidate> candidates, byte[] placements, int chosen) {
        for (int step = 1; step < placements.length; step++) {
            int index = (full + step) % placements.length;
            if (placements[index] == chosen && hasFreeSlot(candidates.get(index)) && candidates.get(index).failurePenalty() == 1) {
                return index;
            }
        }
        return full;
    }

    private static boolean hasFreeSlot(PlacementCandidate candidate) {
        return candidate.inFlight() < candidate.slots();
    }

    private static int member(byte[] placements, int chosen, int ordinal) {
        int left = ordinal;
        int index = 0;
        while (placements[index] != chosen || left-- > 0) {
            index++;
        }
        return index;
    }

    private static boolean isBetter(PlacementCandidate one, PlacementCandidate other) {
        // A server of unknown speed is taken for as fast as the other one.
        boolean isSpeedKnown = one.firstFrameTime() > 0 && other.firstFrameTime() > 0;
        return score(one, isSpeedKnown) < score(other, isSpeedKnown);
    }

    private static double score(PlacementCandidate candidate, boolean isSpeedKnown) {
        double load = (candidate.inFlight() + 1) / (candidate.slots() * candidate.weight());
        return load * candidate.failurePenalty() * (isSpeedKnown ? candidate.firstFrameTime() : 1);
    }

    /** Spreads the bits of a number (the finaliser of MurmurHash3). */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
