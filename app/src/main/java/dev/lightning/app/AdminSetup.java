package dev.lightning.app;

import dev.lightning.api.users.AdminAccount;
import dev.lightning.providers.storage.StorageUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Sees to the administrator's account before the first request, or as soon as a store that is away comes back. */
@Component
@Conditional(RunsApi.class)
final class AdminSetup implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(AdminSetup.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final AdminAccount account;

    AdminSetup(AdminAccount account) {
        this.account = account;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!isDone()) {
            log.warn("event=admin.waiting for=store");
            Thread.ofVirtual().name("admin-setup").start(this::insist);
        }
    }

    private void insist() {
        try {
            do {
                Thread.sleep(PAUSE);
            } while (!isDone());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone() {
        try {
            account.ensure();
            return true;
        } catch (StorageUnavailableException away) {
            return false;
        }
    }
}
