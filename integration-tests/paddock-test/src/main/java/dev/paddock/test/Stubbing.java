package dev.paddock.test;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A stub that lacks its answer. */
public final class Stubbing {

    private final Consumer<List<StubAnswer>> target;

    Stubbing(Consumer<List<StubAnswer>> target) {
        this.target = target;
    }

    /** Answers all calls of this stub with this text. */
    public void answer(String text) {
        answer(StubAnswer.text(text));
    }

    /** Answers the calls of this stub one after another with these answers; all calls after them get the last one. */
    public void answer(StubAnswer first, StubAnswer... then) {
        target.accept(answers(first, then));
    }

    static List<StubAnswer> answers(StubAnswer first, StubAnswer... then) {
        List<StubAnswer> all = new ArrayList<>();
        all.add(requireNonNull(first, "first"));
        all.addAll(List.of(then));
        return all;
    }
}
