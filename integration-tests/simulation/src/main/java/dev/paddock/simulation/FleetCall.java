package dev.paddock.simulation;

/**
 * A call that a caller makes.
 *
 * @param number its place in the trace
 * @param at when it is made, in nanoseconds
 * @param caller the number of the caller
 * @param model the name of the model
 * @param prompt how long a server reads its prompt, in nanoseconds
 * @param generation how long a server writes its answer after the first frame, in nanoseconds
 */
record FleetCall(int number, long at, int caller, String model, long prompt, long generation) {}
