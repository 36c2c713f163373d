package dev.paddock.e2e.fault;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A group of faults of which each row is executed for every call that it concerns. */
abstract class FaultTable extends OverTransports {

    /**
     * What the JDK's client decides by itself, so that its callers meet another failure, or none. The documentation of the
     * transports says what.
     */
    private static final Set<String> DECIDED_BY_THE_JDK =
            Set.of("B03", "B09", "C07", "H07", "K02", "K05", "T01", "T04", "W02");

    /** Returns the rows of the group. */
    abstract List<Fault> faults();

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void call_fault_leadsToWhatTheTableSays(FaultCase faultCase) {
        FaultRun.check(faultCase, transport);
    }

    /** Tells whether a fault of the given number means something else over the transport. */
    boolean isDecidedByTransport(String id) {
        return transport.equals("jdk") && DECIDED_BY_THE_JDK.contains(id);
    }

    List<FaultCase> cases() {
        return faults().stream()
                .filter(fault -> !isDecidedByTransport(fault.title().id()))
                .flatMap(fault -> fault.cases().stream())
                .toList();
    }
}
