package com.example.shop.adapters.jdbc;

import com.example.shop.domain.Order;
import com.example.shop.ports.OrderPort;
import java.util.ArrayList;
import java.util.List;

/** Keeps orders in a list where a database would be. */
public final class TableOrders implements OrderPort {

    private final List<Order> rows = new ArrayList<>();

    @Override
    public void store(Order order) {
        rows.add(order);
    }
}
