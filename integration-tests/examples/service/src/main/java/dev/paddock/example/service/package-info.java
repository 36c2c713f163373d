/** Services that call models through the port alone. */
@NullMarked
package dev.paddock.example.service;

import org.jspecify.annotations.NullMarked;
