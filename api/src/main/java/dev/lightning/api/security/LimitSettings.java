package dev.lightning.api.security;

/**
 * How often one may try to get in.
 *
 * @param ratePerMinute {@code AUTH_RATE_PER_MINUTE}: registrations and logins of one client address together, 60
 * @param failuresPerMinute {@code AUTH_FAILURES_PER_MINUTE}: failed logins of one user name, 10
 */
public record LimitSettings(Integer ratePerMinute, Integer failuresPerMinute) {
    public LimitSettings {
        ratePerMinute = ratePerMinute == null ? 60 : ratePerMinute;
        failuresPerMinute = failuresPerMinute == null ? 10 : failuresPerMinute;
        SettingTexts.require(ratePerMinute > 0, "AUTH_RATE_PER_MINUTE must be at least 1");
        SettingTexts.require(failuresPerMinute > 0, "AUTH_FAILURES_PER_MINUTE must be at least 1");
    }
}
