package dev.paddock.bootstrap.cli;

/** Nobody reads the output any more, as in {@code paddock chat ... | head -1}. */
final class OutputClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutputClosedException() {
        super("the output was closed");
    }
}
