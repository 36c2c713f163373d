package dev.paddock.adapters.http.sim.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** The words of one answer, chosen by its seed; every third is not ASCII, so that clients without UTF-8 fail. */
public final class SampleWords {
    private static final List<String> PLAIN = List.of(
        "the", "paddock", "gate", "opens", "when", "a", "horse", "waits", "at", "dawn", "and", "grass", "is", "still",
        "wet", "so", "riders", "walk", "slowly", "<towards>", "it");
    private static final List<String> FOREIGN = List.of(
        "naïve", "café", "Übung", "日本語", "🐎", "Größe", "señor", "Ελλάδα", "мост", "👩‍🌾");

    private final Random random;

    public SampleWords(String seed) {
        this.random = random(seed);
    }

    /** A source of numbers that depends on nothing but this text. */
    static Random random(String seed) {
        CRC32C checksum = new CRC32C();
        checksum.update(seed.getBytes(StandardCharsets.UTF_8));
        return new Random(checksum.getValue());
    }

    String word(int index) {
        List<String> source = index % 3 == 1 ? FOREIGN : PLAIN;
        return source.get(random.nextInt(source.size()));
    }

    /** Words as a tokenizer cuts them: every one but the first begins with its space. */
    public List<String> words(int count) {
        List<String> words = new ArrayList<>(Math.max(0, count));
        for (int index = 0; index < count; index++) {
            words.add(index == 0 ? word(index) : " " + word(index));
        }
        return words;
    }

    int nextInt() {
        return random.nextInt(100);
    }

    boolean nextBoolean() {
        return random.nextBoolean();
    }

    /** Eight lower-case letters and digits, as the ids of tool calls have. */
    String identifier() {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < 8; index++) {
            text.append(Character.forDigit(random.nextInt(36), 36));
        }
        return text.toString();
    }
}
