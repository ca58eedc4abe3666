package dev.lightning.api.events;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash behind body hashes and derived ids. */
final class Sha256 {
    private Sha256() {}

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }
}
