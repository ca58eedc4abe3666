package dev.lightning.providers.runtime.vm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** Azure makes no machine of Linux without a key or a password; this key's other half is never kept. */
final class ThrowAwayKey {
    private static final int BITS = 2048;
    private static final String KIND = "ssh-rsa";

    private ThrowAwayKey() {}

    /** A public key as {@code authorized_keys} has it, another one each time. */
    static String publicHalf() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            for (byte[] part : new byte[][] {
                KIND.getBytes(US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray()
            }) {
                blob.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                blob.writeBytes(part);
            }
            return KIND + " " + Base64.getEncoder().encodeToString(blob.toByteArray()) + " nobody";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }
}
