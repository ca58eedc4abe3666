package dev.lightning.providers.storage.azuretables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.Keys;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the order of every scan and the room for every key rest on. */
final class TableKeysTest {
    private static final String TELLING = " !\"#%&'()*+,-./09:;?@AZ[\\]^_`az{|}~\u00A0ä日\uD7FE\uD7FF\uE000\uFFFD\uFFFF";

    @Test
    void codes_compare_as_the_bytes_of_their_keys_and_give_them_back() {
        Random random = new Random(20261121);
        for (int round = 0; round < 200_000; round++) {
            String left = key(random);
            String right = key(random);

            assertThat(Integer.signum(TableKeys.encode(left).compareTo(TableKeys.encode(right))))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(Keys.BY_UTF8_BYTES.compare(left, right)));
            assertThat(TableKeys.decode(TableKeys.encode(left))).isEqualTo(left);
        }
    }

    @Test
    void no_code_has_what_azure_refuses_or_more_than_twice_the_length() {
        IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
                .filter(point -> Keys.isKey(Character.toString(point)))
                .mapToObj(Character::toString)
                .forEach(key -> assertThat(TableKeys.encode(key))
                        .doesNotContainPattern("[/\\\\#?%+'\"\\p{Cntrl}\uD800-\uDFFF]")
                        .hasSizeLessThanOrEqualTo(2 * key.length()));
    }

    private static String key(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .map(_ -> random.nextInt(10) == 0
                        ? Character.MIN_SUPPLEMENTARY_CODE_POINT + random.nextInt(0x100000)
                        : TELLING.charAt(random.nextInt(TELLING.length())))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
