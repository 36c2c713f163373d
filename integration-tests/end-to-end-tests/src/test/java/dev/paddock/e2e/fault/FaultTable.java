package dev.paddock.e2e.fault;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A group of faults of which each row is executed for every call that it concerns. */
abstract class FaultTable extends OverTransports {

    /** Returns the rows of the group. */
    abstract List<Fault> faults();

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void call_fault_leadsToWhatTheTableSays(FaultCase faultCase) {
        FaultRun.check(faultCase, transport);
    }

    List<FaultCase> cases() {
        return faults().stream().flatMap(fault -> fault.cases().stream()).toList();
    }
}
