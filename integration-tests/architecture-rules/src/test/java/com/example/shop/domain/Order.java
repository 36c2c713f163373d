package com.example.shop.domain;

/** What the example shop sells. */
public record Order(String customer, int amount) {}
