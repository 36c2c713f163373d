package com.example.shop.adapters.web;

import com.example.shop.domain.Order;
import com.example.shop.ports.OrderPort;

/** Takes orders from a page. */
public final class OrderPage {

    private static final System.Logger LOGGER = System.getLogger("shop.web");

    private final OrderPort orders;

    public OrderPage(OrderPort orders) {
        this.orders = orders;
    }

    public void submit(String customer, int amount) {
        orders.store(new Order(customer, amount));
        report(amount);
    }

    private static void report(int amount) {
        LOGGER.log(System.Logger.Level.INFO, "an order of {0}", amount);
    }
}
