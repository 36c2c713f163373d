package dev.paddock.adapters.http.gateway.accesscontrol;

/** Tells which addresses are one client: in IPv6 a household has as many addresses as it likes, which begin with the same 64 bits. */
final class ClientAddress {

    private static final int GROUPS_OF_NETWORK = 4;

    private ClientAddress() {}

    /** Returns what the addresses of one client have in common. */
    static String network(String address) {
        if (address.indexOf(':') < 0 || address.contains("::")) {
            return address;
        }
        int end = -1;
        for (int group = 0; group < GROUPS_OF_NETWORK; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
