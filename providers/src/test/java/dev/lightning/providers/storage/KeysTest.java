package dev.lightning.providers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison is written for speed, so it is compared with the plain one. */
final class KeysTest {
    private static final int[] EDGES = {'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void compares_as_the_bytes_do(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            String left = key(random);
            String right = key(random);

            int plain = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

            assertThat(Integer.signum(Keys.BY_UTF8_BYTES.compare(left, right))).isEqualTo(Integer.signum(plain));
        }
    }

    private static String key(Random random) {
        return random.ints(random.nextInt(4), 0, EDGES.length)
                .mapToObj(edge -> Character.toString(EDGES[edge]))
                .collect(Collectors.joining());
    }
}
