package dev.lightning.api.repositories;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.sources.RefNames;
import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.storage.rows.RepoRow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A repository as a client registers it: the record is what the API description shows, the body is read by hand. */
record NewRepo(
        @Schema(
                description = "A DNS label: the name worker tasks use",
                example = "web",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String name,

        @Schema(
                description = "https or ssh, without credentials",
                example = "https://github.com/example/web.git",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String url,

        @Schema(description = "Branch, tag or commit when a task names none", example = "main") @Nullable
        String defaultRef,

        @Schema(
                description = "The name of the secret with the credentials, never the credentials",
                example = "web-deploy-key")
        @Nullable
        String secretRef) {

    private static final List<String> FIELDS = List.of("name", "url", "defaultRef", "secretRef");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern LOOKS_SECRET = Pattern.compile("(gh[a-z]_|github_pat_|glpat-|ATATT|sk-|xox[a-z]-).*");

    /** The row of a valid repository; everything wrong is thrown at once. */
    static RepoRow read(JsonNode body, RepoUrls urls, Instant now) {
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(FIELDS, "a repository");
        String name = fields.requiredText("name");
        findings.require(
                name == null || LABEL.matcher(name).matches(),
                "name",
                "must be 1 to 63 of a-z, 0-9 and '-', and neither start nor end with '-'");
        String url = fields.requiredText("url");
        String urlProblem = url == null ? null : urls.problem(url);
        if (urlProblem != null) {
            findings.add("url", urlProblem);
        }
        String defaultRef = defaultRef(fields, findings);
        String secretRef = secretRef(fields, findings);
        findings.throwIfAny();
        return new RepoRow(Objects.requireNonNull(name), Objects.requireNonNull(url), defaultRef, secretRef, now);
    }

    private static @Nullable String defaultRef(JsonFields fields, Findings findings) {
        String ref = fields.text("defaultRef");
        findings.require(
                ref == null || RefNames.isRef(ref), "defaultRef", "is not the name of a branch, tag or commit");
        return ref;
    }

    private static @Nullable String secretRef(JsonFields fields, Findings findings) {
        String ref = fields.text("secretRef");
        findings.require(
                ref == null
                        || (SECRET_NAME.matcher(ref).matches()
                                && !LOOKS_SECRET.matcher(ref).matches()),
                "secretRef",
                "must be the name of a secret: 1 to 64 of A-Z, a-z, 0-9, '.', '_', '-'; never the secret itself");
        return ref;
    }
}
