package dev.paddock.bootstrap;

import org.jline.utils.WCWidth;

final class WiringWithTerminal {

    static int columnsOf(int character) {
        return WCWidth.wcwidth(character);
    }
}
