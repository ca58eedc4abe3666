package dev.lightning.api.users;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.AttemptLimits;
import dev.lightning.api.security.TokenIssuer;
import io.swagger.v3.oas.annotations.Operation;
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
    @Operation(operationId = "Register", summary = "Makes an account")
    @ApiResponse(responseCode = "201", description = "The account exists", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "The user name is taken or reserved")
    Registered register(@RequestBody Registration wish, HttpServletRequest request) {
        OwnAccounts own = own();
        limits.attemptFrom(request.getRemoteAddr());
        Findings missing = new Findings()
                .require(isSet(wish.userID()), "userID", "is required")
                .require(isSet(wish.password()), "password", "is required");
        missing.throwIfAny();
        own.accounts().register(orEmpty(wish.userID()), orEmpty(wish.password()));
        return new Registered(orEmpty(wish.userID()));
    }

    @PostMapping(path = "/api/token", consumes = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(operationId = "CreateToken", summary = "Trades a user name and a password for a bearer token")
    @ApiResponse(responseCode = "200", description = "The token and its life in seconds", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", description = "There is no such account with this password")
    Token token(@RequestBody Login login, HttpServletRequest request) {
        OwnAccounts own = own();
        limits.attemptFrom(request.getRemoteAddr());
        Findings missing = new Findings()
                .require(isSet(login.userID()) || isSet(login.username()), "userID", "is required")
                .require(isSet(login.password()), "password", "is required");
        missing.throwIfAny();
        String userId = login.name();
        own.accounts().authenticate(userId, orEmpty(login.password()));
        return new Token(
                own.issuer().issue(userId), "Bearer", own.issuer().life().toSeconds());
    }

    @PostMapping(path = "/auth/token", consumes = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(operationId = "CreateAuthToken", summary = "The same as CreateToken, where other clients look for it")
    @ApiResponse(responseCode = "200", description = "The token and its life in seconds", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", description = "There is no such account with this password")
    Token authToken(@RequestBody Login login, HttpServletRequest request) {
        return token(login, request);
    }

    private OwnAccounts own() {
        Supplier<RuntimeException> elsewhere =
                () -> Problem.NOT_FOUND.with("account service here; tokens come from another issuer");
        return accounts.orElseThrow(elsewhere);
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** What is there where the built-in issuer is on. */
    record OwnAccounts(Accounts accounts, TokenIssuer issuer) {}

    /** A wish for an account. */
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
            String password) {
        @Override
        public String toString() {
            return "Registration[userID=" + userID + "]";
        }
    }

    record Registered(String userID) {}

    /** Who somebody says to be; {@code userID} or {@code username} is needed. */
    @Schema(example = "{\"userID\": \"alice\", \"password\": \"correct horse battery\"}")
    record Login(
            @Nullable String userID,

            @Schema(description = "Another word for userID; one of the two is needed") @Nullable
            String username,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") @Nullable
            String password) {
        /** Who it is about, whichever of the two words was used. */
        String name() {
            if (isSet(userID) && isSet(username) && !orEmpty(userID).equals(username)) {
                throw new InvalidRequestException("username", "differs from userID; give one of them");
            }
            return orEmpty(isSet(userID) ? userID : username);
        }

        @Override
        public String toString() {
            return "Login[userID=" + userID + ", username=" + username + "]";
        }
    }

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
