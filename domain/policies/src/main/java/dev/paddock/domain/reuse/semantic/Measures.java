package dev.paddock.domain.reuse.semantic;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words for numbers, units and dates, each with one form for all of its spellings. All are in lower case. */
final class Measures {

    private static final Map<String, String> NUMBERS = synonyms("""
            0 zero|1 one first once|2 two second twice|3 three third thrice|4 four fourth|5 five fifth|6 six sixth|7 seven seventh|8 eight eighth
            |9 nine ninth|10 ten tenth|11 eleven eleventh|12 twelve twelfth dozen|13 thirteen thirteenth|14 fourteen fourteenth
            |15 fifteen fifteenth|16 sixteen sixteenth|17 seventeen seventeenth|18 eighteen eighteenth|19 nineteen nineteenth
            |20 twenty twentieth|30 thirty thirtieth|40 forty fortieth|50 fifty fiftieth|60 sixty|70 seventy|80 eighty|90 ninety
            |100 hundred hundreds|1000 thousand thousands k|1000000 million millions|1000000000 billion billions|1/2 half|1/4 quarter
            |2x double|3x triple""");

    private static final Map<String, String> UNITS = synonyms("""
            km kilometre kilometer kilometres kilometers kms|m metre meter metres meters|cm centimetre centimeter centimetres centimeters
            |mm millimetre millimeter millimetres millimeters|mile miles mi|yard yards yd|ft foot feet|inch inches|kg kilo kilos kilogram
            kilograms kgs|g gram grams gramme grammes|mg milligram milligrams|t tonne tonnes ton tons|lb lbs pound pounds|oz ounce ounces
            |l litre liter litres liters|ml millilitre milliliter millilitres milliliters|gallon gallons gal|cup cups|tablespoon tablespoons
            tbsp|teaspoon teaspoons tsp|pint pints|ms millisecond milliseconds|seconds secs sec|min minute minutes mins|h hour hours hr hrs
            |day days|week weeks|month months|year years|decade decades|century centuries|c celsius centigrade|f fahrenheit|kelvin
            |byte bytes|bit bits|kb kilobyte kilobytes|mb megabyte megabytes|gb gigabyte gigabytes|tb terabyte terabytes|kib|mib|gib
            |hz hertz|khz|mhz|ghz|w watt watts|kw kilowatt kilowatts|v volt volts|a amp amps ampere amperes|j joule joules|calorie calories
            kcal|degree degrees|% percent percentage|usd dollar dollars $|eur euro euros €|gbp sterling £|jpy yen ¥|cent cents|mph|kmh
            |acre acres|hectare hectares|word words|sentence sentences|paragraph paragraphs|page pages|line lines|bar bars|psi""");

    /** Units whose letters mean something else unless a number stands before them. */
    private static final Set<String> AFTER_NUMBER = Set.of("m", "g", "t", "l", "h", "c", "f", "w", "v", "a", "j");

    private static final Map<String, String> DATES = synonyms("""
            monday mondays|tuesday tuesdays|wednesday wednesdays|thursday thursdays|friday fridays|saturday saturdays|sunday sundays
            |january jan|february feb|march|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec
            |today todays|tomorrow tomorrows|yesterday yesterdays|tonight|now currently nowadays|morning mornings|afternoon afternoons
            |evening evenings|night nights|noon midday|midnight|weekend weekends|weekday weekdays|spring|summer|autumn fall|winter
            |hourly|daily|weekly|monthly|quarterly|yearly annually annual|am|pm|last previous|next|this current|ago|bc bce|ad ce""");

    /** Words for dates that mean something else unless they stand beside a number or have a capital. */
    private static final Set<String> AMBIGUOUS = Set.of("march", "may", "jan", "am", "pm", "ad", "ce", "fall", "spring");

    /** Words that make a date of the word for a time behind them. */
    private static final Set<String> RELATIVE = Set.of("last", "next", "this");

    private Measures() {}

    /** Returns the digits for a word, or null when it is no number. */
    static @Nullable String number(String word) {
        return NUMBERS.get(word);
    }

    /** Returns the unit that a word stands for, or null. */
    static @Nullable String unit(String word, boolean followsNumber) {
        return AFTER_NUMBER.contains(word) && !followsNumber ? null : UNITS.get(word);
    }

    /**
     * Returns the date that a word stands for, or null.
     *
     * @param isMarked whether the word has a capital or stands beside a number
     * @param next the word behind it; empty for none
     */
    static @Nullable String date(String word, boolean isMarked, String next) {
        String date = DATES.get(word);
        boolean isOther = (AMBIGUOUS.contains(word) && !isMarked)
                || (date != null && RELATIVE.contains(date) && !DATES.containsKey(next) && !UNITS.containsKey(next));
        return isOther ? null : date;
    }

    private static Map<String, String> synonyms(String text) {
        Map<String, String> synonyms = new HashMap<>();
        for (String line : text.split("\\|", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            for (String word : words) {
                synonyms.put(word, words[0]);
            }
        }
        return Map.copyOf(synonyms);
    }
}
