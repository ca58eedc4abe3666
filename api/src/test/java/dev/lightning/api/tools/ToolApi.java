package dev.lightning.api.tools;

import com.jayway.jsonpath.JsonPath;
import dev.lightning.api.SignedIn;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.events.FoundingEventReader;
import dev.lightning.api.events.InvocationsOnFakes;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.workflows.tools.ToolSpec;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The tool endpoints at noon of 21 November 2026, called as alice unless said otherwise. */
final class ToolApi {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    final SignedIn signedIn = new SignedIn();
    final ToolRows rows = new ToolRows(new InMemoryEntityStore());
    final List<String> changed = new ArrayList<>();
    final InvocationsOnFakes events = new InvocationsOnFakes();
    private final MockMvcTester mvc;

    ToolApi(int maxPerUser) {
        this(maxPerUser, "process", "docker");
    }

    ToolApi(int maxPerUser, String... runtimes) {
        this(maxPerUser, new OfferedRuntimes(List.of(runtimes)));
    }

    ToolApi(int maxPerUser, OfferedRuntimes offered) {
        ToolSettings settings = settings(maxPerUser);
        DefinitionReader reader = new DefinitionReader(settings, offered);
        Definitions definitions = new Definitions(rows, reader, changed::add, settings, CLOCK);
        PageTokens tokens = new PageTokens(new byte[32]);
        mvc = MockMvcTester.of(
                List.of(
                        new ToolController(definitions, tokens),
                        new FunctionController(definitions, tokens),
                        new InvokeController(definitions, events.invocations()),
                        new MatchController(
                                new ToolMatcher(rows, ToolSpec.PLATFORM), new FoundingEventReader(List.of(), CLOCK))),
                builder -> builder.setCustomArgumentResolvers(signedIn)
                        .setControllerAdvice(ProductAdvice.instance())
                        .build());
    }

    static DefinitionReader reader(ToolSettings settings) {
        return new DefinitionReader(settings, new OfferedRuntimes(List.of("process", "docker")));
    }

    static ToolSettings settings(int maxPerUser) {
        return new ToolSettings(
                null, Duration.ofMillis(100), maxPerUser, null, null, null, null, null, null, null, null, null, null);
    }

    static String tool(String name, String more) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"accepts\":[\"order.created\"],\"command\":[\"true\"]%s}",
                name,
                more.isEmpty() ? "" : "," + more);
    }

    MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    MvcTestResult post(String path, String body, String header, String value) {
        return mvc.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header(header, value)
                .content(body)
                .exchange();
    }

    MvcTestResult put(String path, String body, String ifMatch) {
        var request =
                mvc.put().uri(path).contentType(MediaType.APPLICATION_JSON).content(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).exchange();
    }

    MvcTestResult putUnless(String path, String body, String ifNoneMatch) {
        return mvc.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .header("If-None-Match", ifNoneMatch)
                .exchange();
    }

    MvcTestResult get(String path) {
        return mvc.get().uri(path).exchange();
    }

    MvcTestResult delete(String path, String ifMatch) {
        var request = mvc.delete().uri(path);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).exchange();
    }

    static String body(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static <T> T read(MvcTestResult result, String path) {
        return JsonPath.read(body(result), path);
    }
}
