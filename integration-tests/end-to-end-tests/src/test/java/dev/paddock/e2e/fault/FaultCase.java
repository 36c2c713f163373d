package dev.paddock.e2e.fault;

/** One call that meets one fault. */
record FaultCase(Fault fault, Call call, FaultScenario.Persistence persistence) {

    Outcome expected() {
        return fault.expected().get(call.caller()).outcome(call, persistence);
    }

    /** Returns a line such as {@code H01 embed: closes without a byte (once) -> succeeds on attempt 2}. */
    @Override
    public String toString() {
        String howOften = fault.expected().get(call.caller()).isRepeated() ? " (" + persistence + ")" : "";
        return fault.title().id() + " " + call + ": " + fault.title().what() + howOften + " -> " + expected().toText();
    }
}
