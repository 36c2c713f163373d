package dev.paddock.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the options of the script mean. */
class PlanTest {

    @Test
    void parse_nothing_measuresWhatEndsSoon() {
        assertThat(Plan.parse().loads()).containsExactly(Load.CHAT, Load.STREAM, Load.PROMPT);
        assertThat(Plan.parse().connections()).containsExactly(1, 32, 256);
    }

    @Test
    void parse_everyOption_setsItsOwnPart() {
        Plan plan = Plan.parse("--loads", "paced,chat", "--connections", "2,3", "--rounds", "4", "--seconds", "5",
                "--warm-up", "6", "--probes", "7");
        assertThat(plan).isEqualTo(new Plan(List.of(Load.PACED, Load.CHAT), List.of(2, 3), 4, 5, 6, 7));
    }

    @Test
    void parse_whatIsUnknownOrLacksAValue_isRefused() {
        assertThatThrownBy(() -> Plan.parse("--load", "chat")).hasMessageContaining("--load");
        assertThatThrownBy(() -> Plan.parse("--rounds")).hasMessageContaining("--rounds");
    }
}
