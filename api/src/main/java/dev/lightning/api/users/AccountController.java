package dev.lightning.api.users;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.AttemptLimits;
import dev.lightning.api.security.TokenIssuer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Gives people accounts and tokens, where tokens are ours to give. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Accounts")
@ApiResponse(responseCode = "404", description = "Accounts are kept by another issuer")
@ApiResponse(responseCode = "429", description = "Too many attempts; Retry-After says when to try again")
@ApiResponse(responseCode = "503", description = "The store cannot be reached")
final class AccountController {
    private final Optional<OwnAccounts> accounts;
    private final AttemptLimits limits;

    AccountController(Optional<OwnAccounts> accounts, AttemptLimits limits) {
        this.accounts = accounts;
        this.limits = limits;
    }

    @PostMapping(path = "/api/register", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @SecurityRequirements
    @Operation(
            operationId = "Register",
            summary = "Makes an account",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = Registration.class))))
    @ApiResponse(responseCode = "201", description = "The account exists", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "The user name is taken or reserved")
    Registered register(@RequestBody JsonNode body, HttpServletRequest request) {
        OwnAccounts own = own();
        limits.attemptFrom(request.getRemoteAddr());
        Credentials wish = Credentials.read(body, "a registration");
        own.accounts().register(wish.userId(), wish.password());
        return new Registered(wish.userId());
    }

    @PostMapping(path = "/api/token", consumes = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(
            operationId = "CreateToken",
            summary = "Trades a user name and a password for a bearer token",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = Login.class))))
    @ApiResponse(responseCode = "200", description = "The token and its life in seconds", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", description = "There is no such account with this password")
    Token token(@RequestBody JsonNode body, HttpServletRequest request) {
        OwnAccounts own = own();
        limits.attemptFrom(request.getRemoteAddr());
        Credentials login = Credentials.read(body, "a login");
        own.accounts().authenticate(login.userId(), login.password());
        return new Token(
                own.issuer().issue(login.userId()),
                "Bearer",
                own.issuer().life().toSeconds());
    }

    @PostMapping(path = "/auth/token", consumes = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(
            operationId = "CreateAuthToken",
            summary = "The same as CreateToken, where other clients look for it",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = Login.class))))
    @ApiResponse(responseCode = "200", description = "The token and its life in seconds", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", description = "There is no such account with this password")
    Token authToken(@RequestBody JsonNode body, HttpServletRequest request) {
        return token(body, request);
    }

    private OwnAccounts own() {
        Supplier<RuntimeException> elsewhere =
                () -> Problem.NOT_FOUND.with("account service here; tokens come from another issuer");
        return accounts.orElseThrow(elsewhere);
    }

    /** What is there where the built-in issuer is on. */
    record OwnAccounts(Accounts accounts, TokenIssuer issuer) {}

    /** A wish for an account as the API description shows it; {@link Credentials} reads the real one. */
    @Schema(example = "{\"userID\": \"alice\", \"password\": \"correct horse battery\"}")
    record Registration(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "Letters, digits and . _ @ + -, beginning with a letter or digit",
                    minLength = 1,
                    maxLength = 128)
            @Nullable
            String userID,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "Not one of the common ones",
                    minLength = 8,
                    maxLength = 128,
                    format = "password")
            @Nullable
            String password) {}

    record Registered(String userID) {}

    /** Who somebody says to be as the API description shows it; {@link Credentials} reads the real one. */
    @Schema(example = "{\"userID\": \"alice\", \"password\": \"correct horse battery\"}")
    record Login(
            @Nullable String userID,

            @Schema(description = "Another word for userID; one of the two is needed") @Nullable
            String username,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") @Nullable
            String password) {}

    record Token(
            String token,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {
        @Override
        public String toString() {
            return "Token[expiresIn=" + expiresIn + "]";
        }
    }
}
