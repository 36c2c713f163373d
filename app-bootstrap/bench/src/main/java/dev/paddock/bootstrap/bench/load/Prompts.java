package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.Conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The prompts of a load, numbered from 0. The same number always gives the same prompts. */
public sealed interface Prompts {

    /** The distance between the indexes of the first prompts of two loads. */
    long OF_A_LOAD = 1L << 40;

    /** Returns a conversation with at most the given number of turns. */
    Conversation conversation(long index, int turns);

    /** Returns whether the conversation of this index has the prompts of an earlier one. */
    boolean isRepeated(long index, int turns);

    /** Returns the origin as it appears in results, or null when the prompts are generated. */
    @Nullable String origin();

    /**
     * Generated prompts, each different from all others.
     *
     * @param inputTokens about how many tokens each prompt has, or null for one short sentence
     */
    record GeneratedPrompts(@Nullable TokenRange inputTokens) implements Prompts {

        private static final String SENTENCE = "Explain in a few words why connections are worth keeping. Question ";
        private static final long WITHIN_A_LOAD = (1L << 32) - 1; // all loads have the same lengths
        // One token each in the usual vocabularies, with the space before it.
        private static final List<String> WORDS = List.of(
                "the", "of", "and", "to", "in", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on", "not", "he", "his", "but",
                "at", "are", "this", "have", "from", "or", "had", "an", "they", "which", "one", "you", "were", "all", "her", "she", "there",
                "would", "their", "we", "him", "been", "has", "when", "who", "will", "no", "more", "if", "out", "so", "up", "said", "what",
                "its", "about", "than", "into", "them", "can", "only", "other", "time", "new", "some");

        @Override
        public Conversation conversation(long index, int turns) {
            List<Turn> prompts = new ArrayList<>();
            for (int turn = 0; turn < turns; turn++) {
                prompts.add(new Turn(text(index * turns + turn), null));
            }
            return new Conversation(null, prompts);
        }

        private String text(long number) {
            String name = Long.toString(number, Character.MAX_RADIX);
            if (inputTokens == null) {
                return SENTENCE + name + ".";
            }
            SplittableRandom random = new SplittableRandom(number);
            StringBuilder text = new StringBuilder(name); // first, so that no server can reuse the beginning of another prompt
            for (int word = inputTokens.at(number & WITHIN_A_LOAD); word > 1; word--) {
                text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
            }
            return text.toString();
        }

        @Override
        public boolean isRepeated(long index, int turns) {
            return false;
        }

        @Override
        public @Nullable String origin() {
            return null;
        }
    }

    /**
     * Prompts of a log in its order. Every load begins with the first one, so its server must be a new one, or have no memory.
     *
     * @param texts the prompts, each of a conversation of its own; at least one
     * @param fingerprint identifies the log
     */
    record LoggedPrompts(List<String> texts, String fingerprint) implements Prompts {

        public LoggedPrompts {
            texts = List.copyOf(texts);
            requireNonNull(fingerprint, "fingerprint");
            if (texts.isEmpty()) {
                throw new IllegalArgumentException("there is no prompt");
            }
        }

        @Override
        public Conversation conversation(long index, int turns) {
            return new Conversation(null, List.of(new Turn(at(index), null)));
        }

        @Override
        public boolean isRepeated(long index, int turns) {
            long place = index % OF_A_LOAD;
            return place >= texts.size() || texts.subList(0, (int) place).contains(at(index));
        }

        @Override
        public @Nullable String origin() {
            return fingerprint;
        }

        private String at(long index) {
            return texts.get((int) (index % OF_A_LOAD % texts.size()));
        }
    }

    /**
     * Prompts that were recorded. After the last one follows the first one again. Each load begins at another place.
     *
     * @param conversations the conversations, at least one
     * @param single whether each of them has one turn only, so that several make a longer conversation
     * @param fingerprint identifies the file
     */
    record RecordedPrompts(List<Conversation> conversations, boolean single, String fingerprint) implements Prompts {

        private static final double GOLDEN_RATIO = 0.618033988749895; // its multiples, without the whole part, are far from each other

        public RecordedPrompts {
            conversations = List.copyOf(conversations);
            requireNonNull(fingerprint, "fingerprint");
            if (conversations.isEmpty()) {
                throw new IllegalArgumentException("there is no prompt");
            }
        }

        static RecordedPrompts of(List<Conversation> conversations, String fingerprint) {
            boolean single = conversations.stream().allMatch(conversation -> conversation.turns().size() == 1);
            return new RecordedPrompts(conversations, single, fingerprint);
        }

        @Override
        public Conversation conversation(long index, int turns) {
            if (turns == 1 || !single) {
                return at(index).first(turns);
            }
            List<Turn> joined = new ArrayList<>();
            for (int turn = 0; turn < turns; turn++) {
                joined.addAll(at(index * turns + turn).turns());
            }
            return new Conversation(at(index * turns).system(), joined);
        }

        @Override
        public boolean isRepeated(long index, int turns) {
            return single ? (index + 1) * turns > conversations.size() : index >= conversations.size();
        }

        @Override
        public @Nullable String origin() {
            return fingerprint;
        }

        private Conversation at(long index) {
            long load = index / OF_A_LOAD;
            long first = (long) (load * GOLDEN_RATIO % 1 * conversations.size());
            return conversations.get((int) ((first + index % OF_A_LOAD) % conversations.size()));
        }
    }
}
