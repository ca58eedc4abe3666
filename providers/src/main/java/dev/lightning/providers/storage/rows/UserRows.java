package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.util.Optional;

/** Keeps accounts, a partition each, so that no account's traffic slows another's down. */
public final class UserRows {
    private static final long FORMAT = 1;
    private static final String ROW = "account";
    private static final String PASSWORD_HASH = "passwordHash";
    private static final String ADMIN = "admin";
    private static final String DISABLED = "disabled";
    private static final String CREATED_AT = "createdAt";

    private final EntityStore store;

    public UserRows(EntityStore store) {
        this.store = store;
    }

    public Optional<UserRow> find(String userId) {
        return store.get(Table.USERS, userId, ROW).map(UserRows::read);
    }

    /** Adds the account unless the name is taken; says whether it did. */
    public boolean insert(UserRow user) {
        return store.write(Table.USERS, user.userId(), new Write.Insert(ROW, write(user)))
                .isDone();
    }

    /** Writes the account, whatever was there. */
    public void put(UserRow user) {
        store.write(Table.USERS, user.userId(), new Write.Put(ROW, write(user)));
    }

    public void delete(String userId) {
        store.write(Table.USERS, userId, new Write.Delete(ROW));
    }

    private static Properties write(UserRow user) {
        return Properties.format(FORMAT)
                .put(PASSWORD_HASH, user.passwordHash())
                .put(ADMIN, user.admin())
                .put(DISABLED, user.disabled())
                .put(CREATED_AT, user.createdAt())
                .build();
    }

    private static UserRow read(Entity entity) {
        Properties properties = entity.properties();
        long format = properties.requireNumber(Properties.FORMAT);
        if (format > FORMAT) {
            throw new IllegalStateException(
                    "The stored user has format " + format + "; this release reads up to " + FORMAT);
        }
        return new UserRow(
                entity.partition(),
                properties.requireText(PASSWORD_HASH),
                Boolean.TRUE.equals(properties.flag(ADMIN)),
                Boolean.TRUE.equals(properties.flag(DISABLED)),
                properties.requireInstant(CREATED_AT));
    }
}
