package com.example.shop.app;

import com.example.shop.adapters.jdbc.TableOrders;
import com.example.shop.adapters.web.OrderPage;

/** Wires the example shop. */
public final class Shop {

    private Shop() {}

    public static OrderPage open() {
        return new OrderPage(new TableOrders());
    }
}
