package dev.lightning.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronDialectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *                 | * * * * *",
                "*/15 9-17 * * mon-fri     | */15 9-17 * * mon-fri",
                "  0   8 1,15 Jan-Mar  *   | 0 8 1,15 Jan-Mar *",
                "0 0 * * 7                 | 0 0 * * 7",
                "0 9 * * 1-7               | 0 9 * * *",
                "0 9 * * 1/1               | 0 9 * * *",
                "0 9 * * 4-5,mon-sat,7     | 0 9 * * *",
                "0 9 * * 1-7/2             | 0 9 * * 1-7/2",
                "5/20 * * * *              | 5/20 * * * *",
                "0 0 31 december *         | 0 0 31 december *",
                "@hourly                   | @hourly",
                "@Midnight                 | @midnight",
                "0 */5 * * * *             | 0 */5 * * * * *",
                "30 0 8 * * 1-5            | 30 0 8 * * 1-5 *",
                "* * * * * * *             | * * * * * * *",
                "0 30 2 * * * 2027-2030/2  | 0 30 2 * * * 2027-2030/2",
            })
    void says_in_temporals_form(String expression, String temporal) {
        assertThat(CronDialect.read(expression, false))
                .isInstanceOfSatisfying(
                        CronDialect.Reading.Understood.class,
                        understood -> assertThat(understood.temporal()).isEqualTo(temporal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "60 * * * *         | minute: \"60\" is not in 0 to 59",
                "* 24 * * *         | hour: \"24\" is not in 0 to 23",
                "* * 0 * *          | day of month: \"0\" is not in 1 to 31",
                "* * * 13 *         | month: \"13\" is not in 1 to 12",
                "* * * * 8          | day of week: \"8\" is not in 0 to 7",
                "60 * * * * *       | second: \"60\" is not in 0 to 59",
                "0 * * * * * 1999   | year: \"1999\" is not in 2000 to 2100",
                "5-2 * * * *        | minute: the range \"5-2\" runs backwards",
                "*/0 * * * *        | minute: the step of \"*/0\" is not a number from 1 to 60",
                "*/90 * * * *       | minute: the step of \"*/90\" is not a number from 1 to 60",
                "1/2/3 * * * *      | minute: the step of \"1/2/3\" is not a number from 1 to 60",
                "1,,2 * * * *       | minute: \"\" is not in 0 to 59",
                "1-2-3 * * * *      | minute: \"1-2-3\" is not in 0 to 59",
                "* * * foo *        | month: \"foo\" is not in 1 to 12",
                "* * ? * *          | day of month: \"?\" is Quartz's; L, W, ? and # are not understood here",
                "* * L * *          | day of month: \"L\" is Quartz's; L, W, ? and # are not understood here",
                "* * 15W * *        | day of month: \"15W\" is Quartz's; L, W, ? and # are not understood here",
                "* * LW * *         | day of month: \"LW\" is Quartz's; L, W, ? and # are not understood here",
                "* * * * 5#3        | day of week: \"5#3\" is Quartz's; L, W, ? and # are not understood here",
                "* * * * friL       | day of week: \"friL\" is Quartz's; L, W, ? and # are not understood here",
                "CRON_TZ=UTC * * * * * | takes no time zone; say it in timeZone",
                "TZ=UTC * * * * *   | takes no time zone; say it in timeZone",
            })
    void says_what_is_wrong_and_in_which_field(String expression, String problem) {
        assertThat(problems(expression)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "* * * *", "* * * * * * * *", "@reboot", "@every 5m", "@"})
    void understands_nothing_but_five_to_seven_fields_and_known_words(String expression) {
        assertThat(problems(expression)).hasSize(1);
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        assertThat(problems("61 25 * 13 *")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 1 * 1", "0 0 */2 * mon", "0 0 0 1 * 1", "0 0 0 1-30 * 1-6 *"})
    void two_restricted_days_need_a_word_of_the_caller(String expression) {
        assertThat(problems(expression)).singleElement().asString().contains("dayMatch");
        assertThat(CronDialect.read(expression, true)).isInstanceOf(CronDialect.Reading.Understood.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 1 * 0-6", "0 0 1 * 1-7", "0 0 1-31 * 1", "0 0 */1 * mon", "0 0 1 * sun-sat"})
    void a_field_that_leaves_no_day_out_restricts_nothing(String expression) {
        assertThat(CronDialect.read(expression, false)).isInstanceOf(CronDialect.Reading.Understood.class);
    }

    @Test
    void a_very_long_expression_is_refused_unread() {
        assertThat(problems("1,".repeat(200) + "1 * * * *")).containsExactly("is longer than 256 characters");
    }

    private static List<String> problems(String expression) {
        return switch (CronDialect.read(expression, false)) {
            case CronDialect.Reading.Understood understood -> throw new AssertionError(understood);
            case CronDialect.Reading.Refused(List<String> problems) -> problems;
        };
    }
}
