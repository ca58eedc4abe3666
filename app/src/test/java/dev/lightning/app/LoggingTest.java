package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** What a client does can neither pass for a line of ours in the log nor fill it with warnings. */
class LoggingTest {
    private static final String FORGED = "x\r\n12:00:00.000 ERROR Launch event=forged\u001b[31m\u2028y";

    private final LoggerContext context = new LoggerContext();

    @Test
    void a_message_stays_in_its_line() throws Exception {
        assertThat(line("asked for " + FORGED, null).lines())
                .singleElement()
                .asString()
                .endsWith("asked for x||12:00:00.000 ERROR Launch event=forged|[31m|y");
    }

    @Test
    void an_exceptions_message_stays_in_its_line_and_the_stack_trace_is_readable() throws Exception {
        IllegalStateException failure =
                new IllegalStateException("outer " + FORGED, new IllegalArgumentException("inner " + FORGED));
        failure.addSuppressed(new IOException("third " + FORGED));

        String text = line("failed", failure);

        assertThat(text.lines().skip(1))
                .allMatch(
                        line -> line.matches(
                                "java\\.lang\\.IllegalStateException: .*|\\s+at .*|\\s*(Caused by|Suppressed): .*|\\s+\\.{3} \\d+ .*"));
        assertThat(text.lines().filter(line -> line.startsWith("\tat "))).hasSizeGreaterThan(3);
        assertThat(text).contains("outer x||12", "\nCaused by: java.lang.IllegalArgumentException: inner x||12");
        assertThat(text).doesNotContain("\u001b", "\r", "\u2028").endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.web.servlet.PageNotFound",
                "io.micrometer.core.instrument.AbstractTimer",
                "io.temporal.internal.sync.WorkflowExecutionHandler"
            })
    void what_nobody_can_act_on_is_no_warning(String logger) throws Exception {
        assertThat(setting("logging.level." + logger)).isEqualTo("error");
    }

    private String line(String message, Throwable failure) throws IOException {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(setting("logging.pattern.console"));
        layout.start();
        return layout.doLayout(
                new LoggingEvent("", context.getLogger("a.b.C"), Level.ERROR, "{}", failure, new Object[] {message}));
    }

    private static String setting(String name) throws IOException {
        return String.valueOf(new YamlPropertySourceLoader()
                .load("yml", new ClassPathResource("application.yml"))
                .getFirst()
                .getProperty(name));
    }
}
