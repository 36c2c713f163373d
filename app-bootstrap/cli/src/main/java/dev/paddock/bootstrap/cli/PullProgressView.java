package dev.paddock.bootstrap.cli;

/** Shows how far a download is. */
interface PullProgressView {

    void show(PullState state);

    /** Leaves the screen in order, whatever became of the download. */
    default void end() {}
}
