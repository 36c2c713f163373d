package dev.paddock.bootstrap;

import picocli.CommandLine.Command;

@Command
final class WiringWithOptions {}
