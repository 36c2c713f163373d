package dev.paddock.adapters.http.okhttp;

/** A socket of ours, found again through the library. */
interface ConnectionHolder {

    OkHttpConnection connection();
}
