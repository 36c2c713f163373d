package dev.paddock.domain.reuse.semantic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be equal, or must not conflict, in two questions with the same answer. Lists are in the order of the text.
 *
 * @param quotes quoted texts
 * @param code text in backticks, and words that are no plain words
 * @param numbers numbers in digits
 * @param units units of measure
 * @param dates days, months, times of day
 * @param negations how many words negate
 * @param names words with a capital, in lower case
 * @param words all words in lower case
 * @param content stems of the words that are not function words, numbers included, each once
 * @param isEnglish whether it seems to be English
 */
record QuestionTraits(
        List<String> quotes,
        List<String> code,
        List<String> numbers,
        List<String> units,
        List<String> dates,
        int negations,
        Set<String> names,
        Set<String> words,
        List<String> content,
        boolean isEnglish) {

    private static final Pattern CODE_SPAN = Pattern.compile("```(.*?)```|`([^`]*)`", Pattern.DOTALL);
    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"]*)\"|“([^”]*)”|«([^»]*)»|(?<![\\p{L}\\p{N}])['‘]([^'’]+)['’](?![\\p{L}\\p{N}])");

    /** A sign, digits with separators, and what belongs to them; or a word with apostrophes and hyphens; or a currency. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[-−+]?\\p{Nd}+(?:[.,:/]\\p{Nd}+)*|[\\p{L}\\p{M}]+\\p{Nd}[\\p{L}\\p{N}]*|\\p{Nd}+(?:[.,:/]\\p{Nd}+)*|\\p{N}+"
                    + "|[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*|[%$€£¥]");

    /** Characters inside a word that plain words do not have. */
    private static final Pattern CODE_WORD = Pattern.compile(
            ".*[_/\\\\@#<>={}\\[\\]|&^~*+].*|\\p{Ll}+\\p{Lu}.*|.*\\p{L}\\.\\p{L}{2,}.*|.*\\(\\)|--?\\p{L}.*|.*\\p{L}:\\p{L}.*");

    private static final Pattern OUTER = Pattern.compile("^[\"'“”‘’«».,;:!?]+|[\"'“”‘’«».,;:!?]+$");
    private static final Pattern ORDINAL = Pattern.compile("(\\p{Nd}+)(?:st|nd|rd|th)");
    private static final Pattern DIGIT = Pattern.compile("\\p{N}");
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
    private static final Pattern ATTACHED = Pattern.compile("(?<=\\p{Nd})(?=\\p{L})");

    /** Returns the traits of a text. */
    static QuestionTraits of(String text) {
        List<String> code = new ArrayList<>();
        String plain = extract(CODE_SPAN, text, code);
        List<String> quotes = new ArrayList<>();
        extract(QUOTED, plain, quotes);
        for (String chunk : plain.split("\\s+", -1)) {
            String word = OUTER.matcher(chunk).replaceAll("");
            if (CODE_WORD.matcher(word).matches()) {
                code.add(word);
            }
        }
        return new TokenReader(plain).read(quotes, code);
    }

    /** Returns the text without what a pattern finds, which is added to a list. */
    private static String extract(Pattern pattern, String text, List<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    found.add(matcher.group(group).strip());
                }
            }
        }
        return pattern.matcher(text).replaceAll(" ");
    }

    /** Reads the words of a text from left to right. */
    private static final class TokenReader {

        private final List<String> tokens = new ArrayList<>();
        private final List<Boolean> areFirst = new ArrayList<>(); // whether a token begins a sentence
        private final List<String> numbers = new ArrayList<>();
        private final List<String> units = new ArrayList<>();
        private final List<String> dates = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final Set<String> words = new LinkedHashSet<>();
        private final Set<String> content = new LinkedHashSet<>();
        private boolean isLatin = true;
        private int negations;
        private int english;
        private int foreign;

        TokenReader(String text) {
            // 10km is 10 km, but 3rd is one token.
            String spaced = ATTACHED.matcher(ORDINAL.matcher(text).replaceAll("$1")).replaceAll(" ");
            Matcher matcher = TOKEN.matcher(spaced);
            int end = 0;
            while (matcher.find()) {
                String between = spaced.substring(end, matcher.start());
                areFirst.add(end == 0 || between.chars().anyMatch(character -> ".!?\n".indexOf(character) >= 0));
                tokens.add(matcher.group());
                end = matcher.end();
            }
        }

        QuestionTraits read(List<String> quotes, List<String> code) {
            for (int index = 0; index < tokens.size(); index++) {
                readToken(index);
            }
            boolean isEnglish = isLatin && english > 0 && english >= foreign;
            return new QuestionTraits(
                    quotes, code, numbers, units, dates, negations, names, words, List.copyOf(content), isEnglish);
        }

        private void readToken(int index) {
            String token = tokens.get(index);
            String lower = token.toLowerCase(Locale.ROOT).replace('’', '\'');
            String word = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
            boolean followsNumber = index > 0 && isNumber(tokens.get(index - 1));
            boolean precedesNumber = index + 1 < tokens.size() && isNumber(tokens.get(index + 1));
            String number = hasDigit(token) ? normal(lower) : Measures.number(word);
            if (number != null && !(word.equals("k") && !followsNumber)) {
                numbers.add(number);
                content.add(number);
                return;
            }
            words.add(word);
            language(token, word);
            negations += EnglishWords.NEGATION.contains(word) || word.endsWith("n't") ? 1 : 0;
            String unit = Measures.unit(word, followsNumber);
            if (unit != null) {
                units.add(unit);
            }
            boolean isCapital = Character.isUpperCase(token.codePointAt(0));
            boolean hasName = isCapital && !isOpening(index, word);
            String next = index + 1 < tokens.size() ? tokens.get(index + 1).toLowerCase(Locale.ROOT) : "";
            String date = Measures.date(word, followsNumber || precedesNumber || hasName, next);
            if (date != null) {
                dates.add(date);
            } else if (hasName) {
                names.add(word);
            }
            if (!EnglishWords.FUNCTION.contains(word) && unit == null) {
                content.add(EnglishWords.stem(word));
            }
        }

        private void language(String token, String word) {
            boolean isKnown = EnglishWords.FUNCTION.contains(word) || EnglishWords.OPENING.contains(word);
            english += isKnown ? 1 : 0;
            foreign += !isKnown && EnglishWords.FOREIGN.contains(word) ? 1 : 0;
            isLatin &= token.codePoints()
                    .allMatch(character -> !Character.isLetter(character)
                            || Character.UnicodeScript.of(character) == Character.UnicodeScript.LATIN);
        }

        /** Returns whether a capital may only be that of the beginning of a sentence. */
        private boolean isOpening(int index, String word) {
            boolean isPlain = EnglishWords.FUNCTION.contains(word) || EnglishWords.OPENING.contains(word);
            return word.equals("i") || word.startsWith("i'") || (areFirst.get(index) && isPlain);
        }

        private static boolean isNumber(String token) {
            return hasDigit(token) || Measures.number(token.toLowerCase(Locale.ROOT)) != null;
        }

        /** Returns whether a token has a digit of any script, a fraction or a Roman number. */
        private static boolean hasDigit(String token) {
            return DIGIT.matcher(token).find();
        }

        /** Returns a number without separators of thousands, zeros at its end and a plus; in digits of ASCII. */
        private static String normal(String token) {
            StringBuilder digits = new StringBuilder();
            token.codePoints().forEach(character -> {
                int digit = Character.digit(character, 10);
                digits.append(digit >= 0 && Character.isDigit(character) ? String.valueOf(digit) : Character.toString(character));
            });
            String text = digits.toString().replace('−', '-');
            text = text.startsWith("+") ? text.substring(1) : text;
            text = GROUPED.matcher(text).matches() ? text.replace(",", "") : text;
            boolean isDecimal = text.matches("-?\\d+\\.\\d+");
            return isDecimal ? text.replaceAll("\\.?0+$", "") : text;
        }
    }
}
