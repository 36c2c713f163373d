package dev.paddock.bootstrap.cli;

import picocli.CommandLine.Command;

@Command(name = "demo", description = "x")
final class DemoCommand implements Runnable {
    @Override
    public void run() {}
}
