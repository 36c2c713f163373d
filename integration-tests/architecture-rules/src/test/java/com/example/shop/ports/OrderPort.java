package com.example.shop.ports;

import com.example.shop.domain.Order;

/** Stores orders. */
public interface OrderPort {

    void store(Order order);
}
