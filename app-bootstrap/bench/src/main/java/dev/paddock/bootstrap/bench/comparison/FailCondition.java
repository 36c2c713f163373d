package dev.paddock.bootstrap.bench.comparison;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Measure.MeasureUnit;
import dev.paddock.bootstrap.bench.result.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition under which a benchmark fails: {@code p95>2s}, {@code error_rate>1%}, or against a baseline {@code p95>+10%} and
 * {@code throughput<-5%}.
 *
 * @param text the condition as it was written
 * @param measure the figure
 * @param isAbove whether the benchmark fails above the bound; otherwise below it
 * @param bound the bound, in the unit of the measure, or the change as a fraction of the figure of the baseline
 * @param isRelative whether the bound is a change
 */
public record FailCondition(String text, Measure measure, boolean isAbove, double bound, boolean isRelative) {

    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9_ -]+?)\\s*([<>])=?\\s*([+-]?)(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(%|ms|s|m|)");
    private static final String HOW = "; write p95>+10% for a change against the baseline, or p95>2s, error_rate>1%, throughput<50";

    public FailCondition {
        requireNonNull(text, "text");
        requireNonNull(measure, "measure");
    }

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException if it is malformed; the message says what was meant
     */
    public static FailCondition parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no condition" + HOW);
        }
        Measure measure = measure(matcher.group(1), text);
        boolean isAbove = matcher.group(2).equals(">");
        String sign = matcher.group(3);
        double number = Double.parseDouble(matcher.group(4));
        String unit = matcher.group(5);
        if (!sign.isEmpty()) {
            if (!unit.equals("%")) {
                throw new IllegalArgumentException("'" + text + "' has a change without %" + HOW);
            }
            if (sign.equals("+") != isAbove) {
                throw new IllegalArgumentException("'" + text + "' is true without any change" + HOW);
            }
            return new FailCondition(text.strip(), measure, isAbove, (isAbove ? number : -number) / 100, true);
        }
        return new FailCondition(text.strip(), measure, isAbove, absolute(measure.unit(), number, unit, text), false);
    }

    private static double absolute(MeasureUnit measured, double number, String unit, String text) {
        return switch (measured) {
            case MILLISECONDS -> switch (unit) {
                case "ms" -> number;
                case "s" -> number * 1e3;
                case "m" -> number * 60e3;
                default -> throw new IllegalArgumentException("'" + text + "' has no time such as 2s" + HOW);
            };
            case FRACTION -> {
                if (!unit.equals("%")) {
                    throw new IllegalArgumentException("'" + text + "' has no percentage" + HOW);
                }
                yield number / 100;
            }
            case PER_SECOND -> {
                if (!unit.isEmpty()) {
                    throw new IllegalArgumentException("'" + text + "' has a unit, but the figure is a number per second" + HOW);
                }
                yield number;
            }
        };
    }

    private static Measure measure(String name, String text) {
        String normal = name.strip().replace(' ', '_').replace('-', '_').replace("ttft", "first_token");
        for (Measure measure : Measure.values()) {
            if (normal.equals(measure.label()) || (normal + "_ms").equals(measure.label())) {
                return measure;
            }
        }
        throw new IllegalArgumentException("'" + text + "' names no figure; these are " + String.join(", ", names()));
    }

    /** Returns the names of figures in conditions. */
    public static List<String> names() {
        return Arrays.stream(Measure.values()).map(FailCondition::name).toList();
    }

    private static String name(Measure measure) {
        return measure.label().replaceAll("_ms$", "");
    }

    /**
     * Returns why the benchmark fails, an entry for each mode in which the condition is true.
     *
     * @param now the result
     * @param before the baseline, or null without one
     */
    public List<String> violations(Summary now, @Nullable Summary before) {
        List<String> violations = new ArrayList<>();
        now.modes().forEach((mode, figures) -> {
            Range current = figures.get(measure);
            Double limit = limit(mode, before);
            if (current == null && limit != null) {
                violations.add(text + " in mode " + mode.label() + ": there is no such figure"
                        + (figures.containsKey(Measure.MEAN) ? "" : ", because no answer was complete"));
            } else if (current != null && limit != null && (isAbove ? current.figure() > limit : current.figure() < limit)) {
                violations.add(text + " in mode " + mode.label() + ": " + measure.title() + " is " + measure.toText(current.figure())
                        + (isRelative ? ", and the baseline allows " + measure.toText(limit) : ""));
            }
        });
        return violations;
    }

    private @Nullable Double limit(Mode mode, @Nullable Summary before) {
        if (!isRelative) {
            return bound;
        }
        Map<Measure, Range> figures = before == null ? null : before.figures(mode);
        Range old = figures == null ? null : figures.get(measure);
        return old == null ? null : Double.valueOf(old.figure() * (1 + bound));
    }
}
