package dev.lightning.providers.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every platform writes DATABASE_URL a little differently. */
final class PostgresAddressTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            postgres://ann:pw@db:5433/shop,                       jdbc:postgresql://db:5433/shop,             ann, pw
            postgresql://ann:pw@db/shop,                          jdbc:postgresql://db/shop,                  ann, pw
            jdbc:postgresql://db:5433/shop?user=ann&password=p%40w, jdbc:postgresql://db:5433/shop,           ann, p@w
            jdbc:postgresql://db/shop?password=p@w&ssl=true,      jdbc:postgresql://db/shop?ssl=true,         -,   p@w
            postgres://ann:p%40s%2Fs%25+w@db/shop?sslmode=require, jdbc:postgresql://db/shop?sslmode=require, ann, p@s/s%+w
            postgres://ann:p@s/s:w@db/shop,                       jdbc:postgresql://db/shop,                  ann, p@s/s:w
            postgres://ann:100%@db/shop,                          jdbc:postgresql://db/shop,                  ann, 100%
            postgres://ann@db/shop,                               jdbc:postgresql://db/shop,                  ann, -
            postgres://ann@db,                                    jdbc:postgresql://db/ann,                   ann, -
            postgres://db/shop,                                   jdbc:postgresql://db/shop,                  -,   -
            postgres:///shop,                                     jdbc:postgresql://localhost/shop,           -,   -
            postgres://ann:pw@[::1]:5432/shop,                    jdbc:postgresql://[::1]:5432/shop,          ann, pw
            'postgres://ann:pw@one:1,two:2/shop',                 'jdbc:postgresql://one:1,two:2/shop',       ann, pw
            """)
    void takes_the_account_out_of_the_address(String url, String jdbc, String user, String password) {
        PostgresAddress address = PostgresAddress.parse(url);

        assertThat(address.jdbcUrl()).isEqualTo(jdbc);
        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password()).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:s3cret@db/shop",
                "ann:s3cret@db/shop",
                "postgres:ann:s3cret@db/shop",
                "postgres://ann:s3cret?x@db/shop",
                "postgres://ann:s3cret",
                "postgres://ann:s3cret@db:port/shop",
                "postgres://ann:s3cret@d b/shop",
                "postgres://ann:s3cret@db/shop/more"
            })
    void refuses_another_form_in_one_line_that_names_the_variable_and_not_the_password(String url) {
        assertThatThrownBy(() -> PostgresAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void nothing_that_is_printed_shows_the_password() {
        String url = "postgres://ann:s3cret@db/shop";

        assertThat(PostgresAddress.parse(url)).hasToString("PostgreSQL at db/shop");
        assertThat(new PostgresSettings(url, null, null, null).toString()).doesNotContain("s3cret");
    }
}
