package dev.paddock.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short run in every build; a long one with {@code -Dsoak.calls=100000}. */
class SoakIT {

    private static final int WARM_UP_CALLS = 1_000;

    @Test
    void run_serverOnItsWorstDay_nothingIsLostWrongHungDuplicatedOrLeaked() throws Exception {
        SoakSettings settings = SoakSettings.ofSystemProperties();
        // A process that has just begun is slower than the limits of the run allow.
        new Soak(settings.withCalls(WARM_UP_CALLS), new SoakPlan(0, 1.0)).run(new StringBuilder());
        StringBuilder text = new StringBuilder(settings + "\n");
        SoakReport report = new Soak(settings, new SoakPlan(settings.seed(), SoakPlan.WORST_DAY)).run(text);
        System.out.println(text);

        assertThat(report.calls()).as(text.toString()).isEqualTo(settings.calls());
        assertThat(report.faults()).as(text.toString()).isZero();
    }

    @Test
    void run_wholeSystemWithFaults_noAnswerIsLostWrongOfAnotherTenantHungOrDuplicated() throws Exception {
        SystemSettings settings = SystemSettings.ofSystemProperties();
        StringBuilder text = new StringBuilder(settings + "\n");
        SoakReport report = new SystemSoak(settings).run(text);
        System.out.println(text);

        assertThat(report.calls()).as(text.toString()).isEqualTo(settings.calls());
        assertThat(report.faults()).as(text.toString()).isZero();
        assertThat(report.count("ok")).as(text.toString()).isPositive();
    }
}
