package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured.
 *
 * @param link what lies between client and server
 * @param secure whether TLS is spoken
 * @param thinking how long the model takes for an answer, zero or more
 */
record Setting(Link link, boolean secure, Duration thinking) {

    private static final List<Duration> COSTS = List.of(Duration.ZERO, Duration.ofMillis(25), Duration.ofMillis(50));
    private static final List<Duration> THINKING = List.of(Duration.ZERO, Duration.ofMillis(50));

    Setting {
        requireNonNull(link, "link");
        requireNonNull(thinking, "thinking");
    }

    /** Returns all settings, in the order of the tables. */
    static List<Setting> all() {
        List<Setting> settings = new ArrayList<>();
        for (boolean secure : new boolean[] {false, true}) {
            for (Duration cost : COSTS) {
                THINKING.forEach(thinking -> settings.add(new Setting(Link.network(cost), secure, thinking)));
            }
        }
        COSTS.stream().filter(Duration::isPositive).forEach(cost -> THINKING.forEach(
                thinking -> settings.add(new Setting(Link.costlyOpening(cost), false, thinking))));
        return List.copyOf(settings);
    }

    /** Returns whether nothing but computing takes time; many more calls are needed then, and are quick. */
    boolean waitsForNothing() {
        return link.opening().isZero() && thinking.isZero();
    }

    String protocol() {
        return secure ? "TLS" : "plain";
    }

    /** Returns this setting in words, for a sentence. */
    String inWords() {
        return protocol() + " " + link.opening().toMillis() + " ms, model " + thinking.toMillis() + " ms"
                + (link.oneWay().equals(link.opening().dividedBy(2)) ? "" : ", " + link.name());
    }
}
