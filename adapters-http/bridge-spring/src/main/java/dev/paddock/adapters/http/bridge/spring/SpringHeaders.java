package dev.paddock.adapters.http.bridge.spring;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Header fields as Spring and Paddock have them. */
final class SpringHeaders {

    private SpringHeaders() {}

    static Headers toPaddock(HttpHeaders headers) {
        List<Header> fields = new ArrayList<>();
        headers.forEach((name, values) -> values.forEach(value -> fields.add(new Header(name, value))));
        return new Headers(fields);
    }

    static HttpHeaders toSpring(Headers headers) {
        HttpHeaders fields = new HttpHeaders();
        headers.fields().forEach(field -> fields.add(field.name(), field.value()));
        return fields;
    }
}
