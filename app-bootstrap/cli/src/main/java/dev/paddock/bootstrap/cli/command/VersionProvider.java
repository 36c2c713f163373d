package dev.paddock.bootstrap.cli.command;

import picocli.CommandLine.IVersionProvider;

/** Tells the parser the version. */
public final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {Version.text()};
    }
}
