package dev.paddock.adapters.http.sim.settings;

/** Which generation of Ollama servers the simulator follows where they differ on the wire. */
public enum OllamaRelease {
    /**
     * A server of early 2025: an error before the first line is still a 200 stream, tool calls have no id in the
     * native API, thoughts are part of the content, and every delta of the OpenAI API repeats the role.
     */
    OLD("0.6.8"),
    /** A server of 2026. */
    NEW("0.32.15");

    private final String version;

    OllamaRelease(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }
}
