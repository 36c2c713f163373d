package dev.paddock.test;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.domain.model.ModelName;
import java.util.List;
import java.util.function.Predicate;

/** A condition on a call, with the words that describe it in messages. Immutable. */
public final class CallMatcher {

    private final String description;
    private final Predicate<ReceivedCall> condition;

    private CallMatcher(String description, Predicate<ReceivedCall> condition) {
        this.description = requireNonNull(description, "description");
        this.condition = requireNonNull(condition, "condition");
    }

    /**
     * Returns a condition of your own.
     *
     * @param description fits after "a call with", for example {@code "at least three messages"}
     * @param condition must not block; may be called for every call
     */
    public static CallMatcher matching(String description, Predicate<ReceivedCall> condition) {
        return new CallMatcher(description, condition);
    }

    /** Returns the condition that every call satisfies. */
    public static CallMatcher anything() {
        return new CallMatcher("anything", call -> true);
    }

    /** Returns the condition that a call names this model; a missing tag means {@code latest}. */
    public static CallMatcher model(String name) {
        String wanted = ModelName.canonical(name);
        return new CallMatcher("model '" + name + "'", call -> ModelName.canonical(call.model()).equals(wanted));
    }

    /**
     * Returns the condition that the last message, or the prompt, or one of the texts to embed contains this text. In the turn after a
     * tool call the last message is the result of the tool.
     */
    public static CallMatcher textContains(String part) {
        requireNonNull(part, "part");
        return new CallMatcher(
                "a last text that contains '" + part + "'",
                call -> (call.kind() == Kind.EMBEDDING ? call.texts() : List.of(call.lastText())).stream().anyMatch(text -> text.contains(part)));
    }

    /** Returns the condition that any message of this role ({@code system}, {@code user}, {@code assistant}, {@code tool}) contains this text. */
    public static CallMatcher messageContains(String role, String part) {
        requireNonNull(part, "part");
        return new CallMatcher(
                "a message of role '" + role + "' that contains '" + part + "'",
                call -> call.messages().stream().anyMatch(message -> message.role().equals(role) && message.text().contains(part)));
    }

    /** Returns the condition that the last message is the result of this tool. */
    public static CallMatcher toolResult(String tool) {
        return new CallMatcher(
                "the result of the tool '" + tool + "' as its last message",
                call -> !call.messages().isEmpty()
                        && call.messages().getLast().isToolResult()
                        && call.messages().getLast().tool().equals(tool));
    }

    /** Returns the condition that the model may call this tool. */
    public static CallMatcher offersTool(String tool) {
        return new CallMatcher("the tool '" + tool + "'", call -> call.tools().contains(tool));
    }

    /** Returns the condition that a header has this value; the case of its name does not matter. */
    public static CallMatcher header(String name, String value) {
        requireNonNull(value, "value");
        return new CallMatcher(
                "the header " + name + ": " + CallReport.valueOf(name, value),
                call -> call.headers().stream().anyMatch(field -> field.name().equalsIgnoreCase(name) && field.value().equals(value)));
    }

    /** Returns the condition that the call asks for the next turn of a conversation. */
    public static CallMatcher chat() {
        return kind("a conversation", Kind.CHAT);
    }

    /** Returns the condition that the call asks for the completion of a prompt. */
    public static CallMatcher completion() {
        return kind("a prompt to complete", Kind.COMPLETION);
    }

    /** Returns the condition that the call asks for vectors. */
    public static CallMatcher embedding() {
        return kind("texts to embed", Kind.EMBEDDING);
    }

    /** Returns the condition that the answer shall come piece by piece. */
    public static CallMatcher streamed() {
        return new CallMatcher("a streamed answer", ReceivedCall::streamed);
    }

    /** Returns the condition that the answer shall come as a whole. */
    public static CallMatcher whole() {
        return new CallMatcher("a whole answer", call -> !call.streamed());
    }

    private static CallMatcher kind(String description, Kind kind) {
        return new CallMatcher(description, call -> call.kind() == kind);
    }

    /** Returns the condition that all of these are satisfied; without any, every call satisfies it. */
    static CallMatcher all(CallMatcher... matchers) {
        return List.of(matchers).stream().reduce(CallMatcher::and).orElseGet(CallMatcher::anything);
    }

    /** Returns the condition that both are satisfied. */
    public CallMatcher and(CallMatcher other) {
        return new CallMatcher(description + " and " + other.description, condition.and(other.condition));
    }

    /** Returns the opposite condition. */
    public CallMatcher negate() {
        return new CallMatcher("not (" + description + ")", condition.negate());
    }

    boolean matches(ReceivedCall call) {
        return condition.test(call);
    }

    /** Returns the words that describe the condition. */
    @Override
    public String toString() {
        return description;
    }
}
