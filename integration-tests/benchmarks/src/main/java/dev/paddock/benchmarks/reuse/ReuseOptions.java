package dev.paddock.benchmarks.reuse;

/** The options of the command line: names, each followed by a number. */
final class ReuseOptions {

    private ReuseOptions() {}

    /** Returns the number behind a name, or the default. */
    static int number(String name, int byDefault, String... arguments) {
        for (int index = 0; index + 1 < arguments.length; index++) {
            if (arguments[index].equals(name)) {
                return Integer.parseInt(arguments[index + 1]);
            }
        }
        return byDefault;
    }
}
