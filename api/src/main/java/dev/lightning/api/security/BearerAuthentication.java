package dev.lightning.api.security;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.io.Closeable;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Turns a bearer token into the caller it stands for, with the verifier that belongs to its issuer. */
public final class BearerAuthentication implements AuthenticationManager, Closeable {
    private static final int MOST_ACCOUNTS = 10_000;
    private static final int MOST_TOKENS = 1_000;

    private final Map<String, IssuerEntry> entries = new LinkedHashMap<>();
    private final Map<String, TokenVerifier> verifiers = new LinkedHashMap<>();
    private final UserRows rows;
    private final Remembered<String, Optional<UserRow>> accounts;
    private final Remembered<String, Checked> tokens;

    public BearerAuthentication(List<IssuerEntry> issuers, UserRows rows, Clock clock) {
        this.rows = rows;
        accounts = new Remembered<>(clock, MOST_ACCOUNTS, _ -> Instant.MAX);
        tokens = new Remembered<>(clock, MOST_TOKENS, Checked::expires);
        for (IssuerEntry entry : issuers) {
            SettingTexts.require(
                    entries.put(entry.issuer(), entry) == null, "The issuer " + entry.issuer() + " is set up twice");
            verifiers.put(entry.issuer(), new TokenVerifier(entry, clock));
        }
        SettingTexts.require(
                issuers.stream()
                                .map(entry -> String.valueOf(entry.alias()))
                                .distinct()
                                .count()
                        == issuers.size(),
                "Two issuers have the same alias");
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        Checked token = tokens.find(((BearerTokenAuthenticationToken) presented).getToken(), this::check);
        return new CallerAuthentication(caller(token.entry(), token.claims()), token.expires());
    }

    private Checked check(String presented) {
        SignedJWT token = parse(presented);
        String issuer = issuerOf(token);
        IssuerEntry entry = entries.get(issuer);
        TokenVerifier verifier = verifiers.get(issuer);
        if (entry == null || verifier == null) {
            throw new InvalidBearerTokenException("The token's issuer is not accepted");
        }
        return new Checked(entry, verifier.verify(token));
    }

    @Override
    public void close() throws IOException {
        for (IssuerEntry entry : entries.values()) {
            if (entry.keys() instanceof Closeable keys) {
                keys.close();
            }
        }
    }

    private Caller caller(IssuerEntry entry, JWTClaimsSet claims) {
        String subject = claims.getSubject();
        if (entry.alias() == null) {
            return new Caller(OwnerKeys.builtIn(subject), account(subject).admin());
        }
        boolean admin = entry.admin() != null && entry.admin().holds(claims);
        return new Caller(OwnerKeys.foreign(entry.issuer(), entry.alias(), subject), admin);
    }

    private UserRow account(String userId) {
        try {
            return accounts.find(userId, rows::find)
                    .filter(user -> !user.disabled())
                    .orElseThrow(() -> new InvalidBearerTokenException("The token's account is gone or disabled"));
        } catch (StorageUnavailableException away) {
            throw new AccountsUnavailableException(away);
        }
    }

    private static SignedJWT parse(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException notSigned) {
            throw new InvalidBearerTokenException("The token is not a signed JWT", notSigned);
        }
    }

    private static @Nullable String issuerOf(SignedJWT token) {
        try {
            return token.getJWTClaimsSet().getIssuer();
        } catch (ParseException noClaims) {
            throw new InvalidBearerTokenException("The token has no claims", noClaims);
        }
    }

    /** A good token's claims. */
    private record Checked(IssuerEntry entry, JWTClaimsSet claims) {
        Instant expires() {
            return claims.getExpirationTime().toInstant();
        }
    }
}
