package dev.paddock.adapters.http.gateway.relay;

import org.jsoup.Jsoup;

/** SABOTAGE: HTML is read in the relay. */
final class RelayWithHtml {

    Object read(String text) {
        return Jsoup.parse(text);
    }
}
