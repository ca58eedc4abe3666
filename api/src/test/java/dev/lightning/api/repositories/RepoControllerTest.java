package dev.lightning.api.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.lightning.api.SignedIn;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.RepoRows;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class RepoControllerTest {
    private final SignedIn signedIn = new SignedIn();
    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(new RepoController(
                    new RepoRows(new InMemoryEntityStore()),
                    new RepoUrls(false),
                    new PageTokens(new byte[32]),
                    Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC))),
            builder -> builder.setCustomArgumentResolvers(signedIn)
                    .setControllerAdvice(ProductAdvice.instance())
                    .build());

    @Test
    void a_repository_is_registered_shown_and_forgotten() {
        MvcTestResult made = post("", """
                {"name":"web","url":"https://github.com/example/web.git","defaultRef":"release/1.x","secretRef":"web-key"}""");

        assertThat(made).hasStatus(201).hasHeader("Location", "/api/repos/web");
        assertThat(get("/web")).hasStatus(200).bodyJson().isStrictlyEqualTo("""
                {"name":"web","url":"https://github.com/example/web.git","defaultRef":"release/1.x",
                 "secretRef":"web-key","createdAt":"2026-11-21T12:00:00Z"}""");
        assertThat(delete("/web")).hasStatus(204);
        assertThat(get("/web")).hasStatus(404);
        assertThat(delete("/web")).hasStatus(404);
        assertThat(get("/No%20Name")).hasStatus(404);
    }

    @Test
    void a_name_is_taken_once() {
        assertThat(post("", repo("web"))).hasStatus(201);
        assertThat(post("", repo("web"))).hasStatus(409);
    }

    @Test
    void everything_wrong_is_said_at_once_and_no_secret_comes_back() {
        MvcTestResult refused = post("", """
                {"name":"-Web","url":"https://me:hunter2@example.org/x","defaultRef":"--upload-pack=x",
                 "secretRef":"ghp_0123456789abcdef"}""");

        assertThat(refused).hasStatus(400);
        assertThat(refused)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("name", "url", "defaultRef", "secretRef");
        assertThat(refused).bodyText().doesNotContain("hunter2").doesNotContain("ghp_");
        assertThat(post("", "{\"name\":5,\"url\":[],\"secretRef\":{},\"colour\":1}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("name", "url", "secretRef", "colour");
        assertThat(post("", "{}")).hasStatus(400);
        assertThat(post("", "[")).hasStatus(400);
    }

    @Test
    void lists_go_page_by_page_and_belong_to_their_owner() throws UnsupportedEncodingException {
        for (String name : List.of("b", "a", "c")) {
            post("", repo(name));
        }

        MvcTestResult first = get("?pageSize=2");
        String token = JsonPath.read(first.getResponse().getContentAsString(), "$.nextPageToken");

        assertThat(first).bodyJson().extractingPath("repos[*].name").asArray().containsExactly("a", "b");
        MvcTestResult second = get("?pageSize=2&pageToken=" + token);
        assertThat(second).bodyJson().extractingPath("repos[*].name").asArray().containsExactly("c");
        assertThat(second).bodyJson().doesNotHavePath("nextPageToken");
        assertThat(get("?pageSize=201")).hasStatus(400);
        assertThat(get("?pageSize=0&limit=abc&sort=up"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("pageSize", "limit", "sort");
        signedIn.as("bob", false);
        assertThat(get("")).bodyJson().extractingPath("repos").asArray().isEmpty();
        assertThat(get("/a")).hasStatus(404);
        assertThat(get("?pageToken=" + token)).hasStatus(400);
        assertThat(get("?userID=alice")).hasStatus(403);
        signedIn.as("root", true);
        assertThat(get("?userID=alice"))
                .bodyJson()
                .extractingPath("repos")
                .asArray()
                .hasSize(3);
        assertThat(delete("/a?userID=alice")).hasStatus(204);
    }

    private static String repo(String name) {
        return "{\"name\":\"" + name + "\",\"url\":\"git@example.org:team/" + name + ".git\"}";
    }

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/api/repos" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri("/api/repos" + path).exchange();
    }

    private MvcTestResult delete(String path) {
        return mvc.delete().uri("/api/repos" + path).exchange();
    }
}
